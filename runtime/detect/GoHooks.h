// Plugs the detector into go::.
#ifndef HEDDLE_DETECT_GOHOOKS_H
#define HEDDLE_DETECT_GOHOOKS_H

namespace heddle {

// gDetector is the detector from now on.
void installGoHooks();

} // namespace heddle
#endif
