// A context as a node of a tree, in which cancellation goes down.
//
// Invariants:
// - A child holds its parent. A parent only points at its children, each of
//   which takes itself off before it dies; but it holds those with a function
//   (afterFunc), which nobody else need hold. As each context that can be
//   cancelled has an owner who cancels it, no such circle lasts.
// - No lock is held while another context's is taken, so that cancelling parent
//   and children at once cannot lock in circles.
// - The error and the cause are set before the channel is closed.
#ifndef HEDDLE_GO_CONTEXTCORE_H
#define HEDDLE_GO_CONTEXTCORE_H

#include "go/Context.h"
#include "go/FiringStrand.h"

#include "base/IntrusiveList.h"

namespace go::detail {

struct ContextCore {
  std::atomic<long> Count{1};
  ContextCore *Parent = nullptr; // counted
  Site MadeAt;
  bool Cancels = false;  // has the members below
  bool Detached = false; // withoutCancel: nothing comes from above
  bool HasUsers =
      false; // it, or one above it, has something that is the user's
  CustomContext *Custom = nullptr; // owned
  // Values; of those with a function its argument, and no key:
  const void *Key = nullptr;
  void *Value = nullptr;
  void (*DestroyValue)(void *) = nullptr;
  // Those that can be cancelled:
  ChanCore *Done = nullptr;      // counted; guarded by Lock until it is set
  void (*Run)(void *) = nullptr; // to be called with Value when done
  bool Held = false;             // by itself, until Run has been called
  int64_t Deadline = heddle::sched::kNever;
  Error DeadlineCause;
  struct DeadlineTimer : heddle::sched::Timer {
    ContextCore *Of = nullptr;
    StartClock Starts;
  } Timer;
  std::atomic<uint32_t> Lock{0};
  bool Timed = false;                      // guarded by Lock: it was armed
  Error Why;                               // guarded by Lock
  Error Cause;                             // guarded by Lock
  heddle::ListLinks<ContextCore> Siblings; // by the ancestor's
  bool Attached = false;                   // by the ancestor's
  heddle::IntrusiveList<ContextCore, &ContextCore::Siblings>
      Children; // by Lock
};

// The nearest context, from C up, that can be done; or null.
inline ContextCore *nearest(ContextCore *C) {
  while (C && !C->Cancels && !C->Custom) {
    if (C->Detached)
      return nullptr;
    C = C->Parent;
  }
  return C;
}

// A new child of Parent, not attached to it.
ContextCore *deriveContext(ContextCore *Parent, Site At);
// The same, of those that can be cancelled. Attached by attachContext, which
// cancels it if what it hangs from is done; says whether it may ever be.
ContextCore *deriveCancellable(ContextCore *Parent, Site At);
bool attachContext(ContextCore *C);
void detachContext(ContextCore *C);

} // namespace go::detail
#endif
