// What is left behind when the process ends.
#ifndef HEDDLE_DETECT_LEAK_H
#define HEDDLE_DETECT_LEAK_H

namespace heddle {

// Reports the threads that have ended and were neither joined nor detached, if
// the option thread-leaks asks for it. Requires: the process is about to end.
void reportLeakedThreads();

} // namespace heddle
#endif
