// What a program may define or register to take part in ThreadSanitizer's
// start and end.
#ifndef HEDDLE_REPORT_PROGRAMCALLBACKS_H
#define HEDDLE_REPORT_PROGRAMCALLBACKS_H

namespace heddle {

// The runtime has started.
void tellInitialised();
// The run ends. Returns whether it has failed, which the program may change.
bool askFinalise(bool Failed);
// The process ends because of findings.
void tellDeath();

} // namespace heddle
#endif
