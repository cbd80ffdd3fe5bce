// Turns a goroutine's stack overflow into a message.
#ifndef HEDDLE_SCHED_OVERFLOW_H
#define HEDDLE_SCHED_OVERFLOW_H

namespace heddle::sched {

// From now on an access to a stack's guard page prints "fatal error: stack
// overflow" and ends the process with code 2; other faults go where they went
// before. Idempotent.
void catchStackOverflow();
// Gives the calling thread a stack for the handler.
void prepareOverflowStack();

} // namespace heddle::sched
#endif
