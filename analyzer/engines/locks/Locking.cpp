// Kinds of locks, and calls that may do something to one.
#include "engines/locks/Locking.h"
#include "facts/Keys.h"

#include <algorithm>

namespace heddle {

bool isLock(const Unit &U, PathId P) {
  TypeRole R = U.Paths.path(P).Role;
  return R == TypeRole::Mutex || R == TypeRole::RWMutex ||
         R == TypeRole::RecursiveMutex;
}

static std::string lastLabel(const Unit &U, PathId P) {
  const Path &Step = U.Paths.path(P);
  if (Step.Kind == StepKind::Field)
    return Step.Label;
  return Step.Kind == StepKind::Root ? mark(Step.Object)
                                     : lastLabel(U, Step.Parent);
}

// Two paths of different functions that may name one lock end alike.
Nesting nestingOf(const Unit &U, const Op &Acquire) {
  if (Acquire.Recursive)
    return Nesting::Yes;
  if (!Acquire.MayNest)
    return Nesting::No;
  std::string Label = lastLabel(U, Acquire.Object);
  Nesting Found = Nesting::NotKnown;
  for (const Function &F : U.Functions)
    for (const Op &O : F.Ops) {
      if (O.Kind != OpKind::LockMake || O.Object == kNone ||
          lastLabel(U, O.Object) != Label)
        continue;
      if (!O.Count.is(0))
        return Nesting::Yes;
      Found = Nesting::No;
    }
  return Found;
}

static bool says(std::string Name, std::initializer_list<const char *> Words) {
  std::transform(Name.begin(), Name.end(), Name.begin(),
                 [](unsigned char C) { return char(std::tolower(C)); });
  return std::any_of(Words.begin(), Words.end(), [&](const char *Word) {
    return Name.find(Word) != std::string::npos;
  });
}

bool mayNotReturn(const Op &Call) {
  return Call.Kind == OpKind::Call && Call.Callee == kNone &&
         says(Call.Name, {"panic", "abort", "fatal", "die", "exit", "fail",
                          "unreachable", "throw", "raise"});
}

bool isHeldByCaller(const Scope &S, const ScopeLocks &Locks, const Step &At,
                    PathId Lock) {
  for (FrameId F = At.Frame; F != kNone; F = S.Frames[F].Caller)
    if (S.U->function(S.Frames[F].Function).Unchecked)
      return true;
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Step &Other = S.step(I);
    if (Other.Do.Kind != OpKind::Release || Other.Do.Object != Lock ||
        Other.Strand != At.Strand || Other.Do.IfHeld)
      continue;
    const auto &May = Locks.at(I).May;
    if (std::none_of(May.begin(), May.end(),
                     [&](const HeldLock &H) { return H.Lock == Lock; }))
      return true;
  }
  return false;
}

bool mayHandle(const Scope &S, const Op &Call, PathId Lock) {
  if (Call.Kind != OpKind::Call || Call.Callee != kNone)
    return false;
  if (says(Call.Name, {"unlock", "release", "leave", "unlk"}) ||
      Call.CalleeValue != kNone)
    return true;
  const PathTable &P = S.U->Paths;
  auto Gives = [&](PathId Given) {
    if (Given != kNone && P.path(Given).Kind == StepKind::Address)
      Given = P.path(Given).Parent;
    return Given != kNone &&
           (P.isPrefix(Given, Lock) || P.isPrefix(Lock, Given));
  };
  return Gives(Call.This) ||
         std::any_of(Call.Args.begin(), Call.Args.end(), Gives);
}

} // namespace heddle
