// A blocked goroutine or thread in the queue of a primitive.
#ifndef HEDDLE_GO_WAITER_H
#define HEDDLE_GO_WAITER_H

#include "go/detail/Base.h"
#include "go/detail/WaitQueue.h"
#include "sched/LockWord.h"
#include "sched/Sched.h"

namespace go::detail {

inline heddle::SourceSite toSite(Site At) {
  return {At.file(), At.function(), At.line(), At.column()};
}

// Lies on the blocked party's stack.
// Invariants: on at most one queue, guarded by that queue's lock. Whoever takes
// it off (and, for a select, wins Decided) is the one that calls ready().
struct Waiter {
  Waiter *Next = nullptr;
  Waiter *Prev = nullptr;
  heddle::sched::Sleeper Who;
  bool Queued = false;
  bool Granted = false; // what it waits for was handed to it
  // Channels only:
  void *Element = nullptr;
  bool Ok = false;
  // Selects: shared by the waiters of one select; the first to set it from null
  // decides which case happens.
  std::atomic<Waiter *> *Decided = nullptr;
  // Locks only:
  bool IsWriter = false;
  uint8_t Retries = 0;
  int64_t Since = 0;
};

// Requires for all of these: Q.Lock is held.
inline void pushBack(WaitQueue &Q, Waiter &W) {
  W.Next = nullptr;
  W.Prev = Q.Tail;
  (Q.Tail ? Q.Tail->Next : Q.Head) = &W;
  Q.Tail = &W;
  W.Queued = true;
}
inline void pushFront(WaitQueue &Q, Waiter &W) {
  W.Prev = nullptr;
  W.Next = Q.Head;
  (Q.Head ? Q.Head->Prev : Q.Tail) = &W;
  Q.Head = &W;
  W.Queued = true;
}
inline void remove(WaitQueue &Q, Waiter &W) {
  (W.Prev ? W.Prev->Next : Q.Head) = W.Next;
  (W.Next ? W.Next->Prev : Q.Tail) = W.Prev;
  W.Queued = false;
}
inline Waiter *popFront(WaitQueue &Q) {
  Waiter *W = Q.Head;
  if (W)
    remove(Q, *W);
  return W;
}

inline void unlockQueue(void *Q) {
  heddle::sched::unlockWord(static_cast<WaitQueue *>(Q)->Lock);
}

} // namespace go::detail
#endif
