// Brings the detector to life.
#ifndef HEDDLE_DETECT_INIT_H
#define HEDDLE_DETECT_INIT_H

namespace heddle {

// Maps the detector's memory, verifies the layout of the address space, and
// installs gDetector; once, by whoever comes first, even inside the first
// malloc. Others wait until it is done.
void ensureInitialised();
// Whether that is done.
bool isInitialised();

} // namespace heddle
#endif
