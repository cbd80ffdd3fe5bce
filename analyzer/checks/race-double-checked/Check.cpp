// race-double-checked: the first test of double-checked locking reads a plain
// variable that is written under the lock.
#include "core/Trace.h"
#include "engines/locks/Locking.h"
#include "facts/Keys.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class DoubleChecked {
public:
  DoubleChecked(const View &V, Reporter &R)
      : S(V.scope()), U(V.unit()), Locks(V.of<ScopeLocks>()), R(R) {}

  // `Take` gets a lock; a variable is read before it and after it, and then
  // written.
  void check(StepId Take) {
    const Step &Lock = S.step(Take);
    if (isHeldByCaller(S, Locks, Lock, Lock.Do.Object))
      return;
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Do.Kind != OpKind::Write || At.Strand != Lock.Strand ||
          !holds(I, Lock.Do.Object) || !isShared(At.Do.Object) ||
          !canFollow(S, Take, I))
        continue;
      StepId First = testBefore(Take, At.Do.Object);
      StepId Second = testBetween(Take, I);
      if (First != kNone && Second != kNone)
        report(First, Take, I);
    }
  }

private:
  bool holds(StepId At, PathId Lock) const {
    const auto &Must = Locks.at(At).Must;
    return std::any_of(Must.begin(), Must.end(), [&](const HeldLock &H) {
      return H.Lock == Lock && !H.Shared;
    });
  }

  bool isShared(PathId P) const {
    const Object &O = U.Paths.rootObject(P);
    bool Lives = O.K == Object::Global || O.K == Object::StaticLocal ||
                 O.K == Object::This || O.K == Object::Param;
    return Lives && !O.ThreadLocal && S.isIdentified(P);
  }

  // A condition that mentions the variable leads on from the read.
  bool isTest(StepId Read) const {
    const std::vector<Edge> &Ways = S.node(S.step(Read)).Succs;
    return std::any_of(Ways.begin(), Ways.end(), [&](const Edge &E) {
      return E.Cond != kNone &&
             mentions(S.Conditions[E.Cond].Key, S.step(Read).Do.Object);
    });
  }

  bool isReadOf(const Step &At, PathId P) const {
    return At.Do.Kind == OpKind::Read && At.Do.Object == P;
  }

  // Without any lock, on every way to the lock.
  StepId testBefore(StepId Take, PathId P) const {
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (isReadOf(S.step(I), P) && Locks.at(I).May.empty() && isTest(I) &&
          comesFirst(S, I, Take))
        return I;
    return kNone;
  }

  StepId testBetween(StepId Take, StepId Write) const {
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (isReadOf(S.step(I), S.step(Write).Do.Object) && isTest(I) &&
          holds(I, S.step(Take).Do.Object) && comesFirst(S, Take, I) &&
          comesFirst(S, I, Write))
        return I;
    return kNone;
  }

  void report(StepId First, StepId Take, StepId Write) {
    const Step &At = S.step(First);
    std::string Name = U.Paths.spell(At.Do.Object);
    auto B = R.report(At.Do.Where, "'" + Name +
                                       "' is tested without the lock "
                                       "under which it is written");
    B.label("can see the new value before what it stands for is ready")
        .in(functionOf(S, At));
    B.note(S.step(Take).Do.Where, "the lock is taken here");
    B.note(S.step(Write).Do.Where, "it is written here");
    noteDeclaration(B, U, At.Do.Object);
  }

  const Scope &S;
  const Unit &U;
  const ScopeLocks &Locks;
  Reporter &R;
};

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId I = 0; I < S.Steps.size(); ++I)
    if (S.step(I).Do.Kind == OpKind::Acquire && S.step(I).Do.Object != kNone &&
        isLock(V.unit(), S.step(I).Do.Object))
      DoubleChecked(V, R).check(I);
}

} // namespace

static const Registration kCheck({"race-double-checked", Tier::Precise,
                                  "double-checked locking with a plain flag",
                                  run});

} // namespace heddle
