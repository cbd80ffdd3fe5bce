// cv-unlocked-predicate: what a wait tests is changed without the lock of the
// wait, so that the notification can come between the test and the sleep.
#include "core/Trace.h"
#include "engines/locks/Locking.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

// Objects in terms that different functions of a file share: fields by the
// class, globals by themselves, all others by the scope.
std::string shared(const Scope &S, PathId P) {
  const Object &O = S.U->Paths.rootObject(P);
  std::string Root = O.K == Object::This ? O.Type
                     : O.K == Object::Global || O.K == Object::StaticLocal
                         ? "::" + O.Name + "@" + std::to_string(O.Line)
                         : std::to_string(S.Root) + "#" +
                               std::to_string(S.U->Paths.path(P).Object);
  return Root + "." + S.U->Paths.spell(P);
}

struct Wait {
  std::string Condition, Lock, Test;
  std::string LockName; // for people
  Range Where;
};

struct Change {
  std::string Condition, Object, ObjectName;
  FunctionId In = kNone;
  std::vector<std::string> Locks; // held, or taken before the notification
  Range Where, Notify;
};

class Collector {
public:
  explicit Collector(const Scope &S) : S(S), U(*S.U), Locks(S) {}

  void collect(std::vector<Wait> &Waits, std::vector<Change> &Changes) {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Op &O = S.step(I).Do;
      if (O.Kind == OpKind::CvWait && !O.Timed && O.Object != kNone)
        addWait(I, Waits);
      if (O.Kind == OpKind::CvNotify && O.Object != kNone)
        addChanges(I, Changes);
    }
  }

private:
  PathId lockOf(StepId Id) const {
    const Op &O = S.step(Id).Do;
    const auto &Must = Locks.at(Id).Must;
    for (const HeldLock &H : Must)
      if (H.Guard == O.Guard || H.Lock == O.Guard || Must.size() == 1)
        return H.Lock;
    return kNone;
  }

  static bool isRead(OpKind K) {
    return K == OpKind::Read || K == OpKind::AtomicRead ||
           K == OpKind::ContainerRead;
  }
  // Part of the predicate, or of the test of the loop around the wait.
  bool isTestOf(const Step &At, StepId Id) const {
    const Step &Waiter = S.step(Id);
    for (FrameId F = At.Frame; F != kNone; F = S.Frames[F].Caller)
      if (S.Frames[F].Site == Id)
        return true;
    LoopId L = S.node(Waiter).Loop;
    return !Waiter.Do.Ready && L != kNone && At.Strand == Waiter.Strand &&
           S.Strands[At.Strand].Loops[L].Header == At.Node;
  }

  void addWait(StepId Id, std::vector<Wait> &Waits) const {
    PathId Lock = lockOf(Id);
    if (Lock == kNone || !isLock(U, Lock) || isBehindMember(Lock))
      return;
    for (const Step &At : S.Steps)
      if (isRead(At.Do.Kind) && At.Do.Object != kNone && isTestOf(At, Id))
        Waits.push_back({shared(S, S.step(Id).Do.Object), shared(S, Lock),
                         shared(S, At.Do.Object), U.Paths.spell(Lock),
                         S.step(Id).Do.Where});
  }

  // A pointer that is a member may lead to a lock with another name.
  bool isBehindMember(PathId P) const {
    for (; P != kNone; P = U.Paths.path(P).Parent) {
      const Path &Step = U.Paths.path(P);
      if (Step.Kind == StepKind::Deref &&
          U.Paths.path(Step.Parent).Kind != StepKind::Root)
        return true;
    }
    return false;
  }

  bool isBeingMade(const Step &At) const {
    for (FrameId F = At.Frame; F != kNone; F = S.Frames[F].Caller) {
      FunctionKind K = U.function(S.Frames[F].Function).Kind;
      if (K == FunctionKind::Constructor ||
          U.function(S.Frames[F].Function).Unchecked)
        return true;
    }
    return false;
  }

  void addChanges(StepId Notify, std::vector<Change> &Changes) const {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (!isWrite(At.Do.Kind) || At.Do.Object == kNone ||
          !canFollow(S, I, Notify) || isBeingMade(At))
        continue;
      Change C{shared(S, S.step(Notify).Do.Object),
               shared(S, At.Do.Object),
               U.Paths.spell(At.Do.Object),
               S.Frames[At.Frame].Function,
               {},
               At.Do.Where,
               S.step(Notify).Do.Where};
      for (const HeldLock &H : Locks.at(I).May)
        C.Locks.push_back(shared(S, H.Lock));
      for (StepId Take = 0; Take < S.Steps.size(); ++Take)
        if (S.step(Take).Do.Kind == OpKind::Acquire &&
            S.step(Take).Do.Object != kNone && canFollow(S, I, Take) &&
            canFollow(S, Take, Notify))
          C.Locks.push_back(shared(S, S.step(Take).Do.Object));
      Changes.push_back(std::move(C));
    }
  }

  const Scope &S;
  const Unit &U;
  ScopeLocks Locks;
};

bool concerns(const Wait &W, const Change &C) {
  return W.Condition == C.Condition && W.Test == C.Object &&
         std::find(C.Locks.begin(), C.Locks.end(), W.Lock) == C.Locks.end();
}

bool waits(const Unit &U) {
  for (const Function &F : U.Functions)
    for (const Op &O : F.Ops)
      if (O.Kind == OpKind::CvWait && !O.Timed)
        return true;
  return false;
}

void run(const Unit &U, Reporter &R) {
  if (!waits(U))
    return;
  std::vector<Wait> Waits;
  std::vector<Change> Changes;
  for (FunctionId Root : scopeRoots(U)) {
    Scope S = expand(U, Root);
    Collector(S).collect(Waits, Changes);
  }
  for (const Change &C : Changes)
    for (const Wait &W : Waits)
      if (concerns(W, C)) {
        R.report(C.Where, "'" + C.ObjectName + "' is changed without '" +
                              W.LockName + "', with which a wait tests it")
            .label("can come between the test and the sleep: the notification "
                   "is lost")

            .in(U.function(C.In))
            .note(W.Where, "it is waited for here")
            .note(C.Notify, "the notification is sent here");
        break;
      }
}

} // namespace

static const Registration
    kCheck({"cv-unlocked-predicate", Tier::Default,
            "what a wait tests is changed without its lock", run});

} // namespace heddle
