// Holds the detector's locks across a fork, so that the child, in which no
// other thread goes on, finds none of them taken.
#ifndef HEDDLE_DETECT_FORKLOCKS_H
#define HEDDLE_DETECT_FORKLOCKS_H

namespace heddle {

// Before the fork, after all locks above these, and after it in parent and
// child. The reporter's lock (Race.h) is outermost of all, because reports are
// handed over under it.
void lockDetectorForFork();
void unlockDetectorAfterFork();

} // namespace heddle
#endif
