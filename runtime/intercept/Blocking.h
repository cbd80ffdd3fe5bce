// Around a call that may block: the wait-for graph knows of it, also when the
// thread is cancelled in the middle.
#ifndef HEDDLE_INTERCEPT_BLOCKING_H
#define HEDDLE_INTERCEPT_BLOCKING_H

#include "detect/Deadlock.h"

#include <pthread.h>

namespace heddle {

// Calls Block(), which must be no cancellation point.
template <class Function>
int blockOn(Strand &S, const WaitDescription &Wait, uintptr_t Pc,
            Function Block) {
  threadBlocking(S, Wait, Pc);
  int Result = Block();
  threadUnblocked(S);
  return Result;
}

// Calls Block(Arg), which may be a cancellation point; After(Arg) follows it in
// any case. Code without exceptions has no destructors on this way.
int blockCancellable(int (*Block)(void *), void (*After)(void *), void *Arg);

} // namespace heddle
#endif
