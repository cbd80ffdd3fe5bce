// Group: a WaitGroup, the first error, and a channel of tokens as the limit.
//
// The limit is a channel of N slots that a function fills while it runs, so
// that its edges are those of a channel used as a semaphore.
//
// Reference: golang.org/x/sync/errgroup.
#include "go/Group.h"

#include "go/Edges.h"
#include "go/Panic.h"

#include <string>

namespace sched = heddle::sched;

namespace go {

Group::Group(const Context &Parent, Site At)
    : Own(withCancelCause(Parent, At)) {}

Context Group::context() const { return Own ? Context(*Own) : background(); }

void Group::setLimit(int N, Site At) {
  if (auto Active = Tokens.len())
    throw Panic("errgroup: modify limit while " + std::to_string(Active) +
                    " goroutines in the group are still active",
                At);
  Tokens = N < 0 ? Chan<Unit>() : Chan<Unit>(N, At);
}

void Group::begin(Site At) {
  if (Tokens)
    Tokens.send({}, At);
  Running.add(1, At);
}

bool Group::tryBegin(Site At) {
  if (Tokens && !Tokens.trySend({}, At))
    return false;
  Running.add(1, At);
  return true;
}

void Group::note(Error Err) {
  if (!Err)
    return;
  {
    sched::LockWordHolder Hold(Lock);
    if (First)
      return;
    First = Err;
  }
  if (Own)
    Own->cancel(Err);
}

void Group::end(Site At) {
  if (Tokens)
    Tokens.tryRecv();
  Running.done(At);
}

Error Group::wait(Site At) {
  Running.wait(At);
  if (Own)
    Own->cancel(First);
  return First;
}

} // namespace go
