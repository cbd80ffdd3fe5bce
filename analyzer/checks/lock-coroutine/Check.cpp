// lock-coroutine: a lock is held where a coroutine may change its thread.
#include "core/Trace.h"
#include "engines/locks/Locking.h"

namespace heddle {
namespace {

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Step &At = S.step(I);
    if (At.Do.Kind != OpKind::Suspend || At.Do.Implicit)
      continue;
    for (const HeldLock &H : V.of<ScopeLocks>().at(I).Must) {
      if (!isLock(V.unit(), H.Lock))
        continue;
      auto B = R.report(At.Do.Where, "'" + V.paths().spell(H.Lock) +
                                         "' is held while the coroutine is "
                                         "suspended");
      B.label("may go on in another thread, which does not own the lock")
          .in(functionOf(S, At));
      B.note(S.step(H.Since).Do.Where, "it is taken here");
      break;
    }
  }
}

} // namespace

static const Registration
    kCheck({"lock-coroutine", Tier::Precise,
            "a lock is held while a coroutine is suspended", run});

} // namespace heddle
