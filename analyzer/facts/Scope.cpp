// What a scope can be asked, and where scopes start.
#include "facts/Scope.h"

#include <algorithm>

namespace heddle {

std::string Unit::variableName(PathId P) const {
  if (P == kNone)
    return "";
  const Path &Step = Paths.path(P);
  const Object &O = Paths.object(Step.Object);
  if (Step.Kind == StepKind::Root)
    return O.K == Object::Global || O.K == Object::StaticLocal
               ? "#" + std::to_string(Step.Object)
               : "";
  return Step.Kind == StepKind::Field && !Step.Class.empty()
             ? Paths.memberName(P)
             : "";
}

StrandId Scope::owner(PathId P) const {
  if (P == kNone)
    return kNone;
  auto It = Owners.find(U->Paths.path(P).Object);
  return It == Owners.end() ? kNone : It->second;
}

bool Scope::isIdentified(PathId P) const {
  const PathTable &T = U->Paths;
  const Object &Root = T.rootObject(P);
  if (Root.ThreadLocal || Root.K == Object::Unknown ||
      Root.K == Object::Temporary || Root.K == Object::CaptureCopy)
    return false;
  for (PathId At = P; At != kNone; At = T.path(At).Parent) {
    const Path &Step = T.path(At);
    if (Step.Kind == StepKind::Index &&
        (Step.Label.empty() || Step.Label.find('#') != std::string::npos))
      return false;
    if (Step.Kind != StepKind::Deref)
      continue;
    if (T.path(Step.Parent).Kind == StepKind::Root && Root.Assigned)
      return false;
    for (const heddle::Step &Other : Steps)
      if (Other.Do.Kind == OpKind::Write && !Other.Do.Wide &&
          Other.Do.Object == Step.Parent)
        return false;
  }
  return true;
}

bool Scope::descends(StrandId S, StrandId Ancestor) const {
  for (; S != kNone; S = Strands[S].Parent)
    if (S == Ancestor)
      return true;
  return false;
}

std::vector<StepId> Scope::trace(const Step &S) const {
  std::vector<StepId> Calls;
  for (FrameId F = S.Frame; F != kNone; F = Frames[F].Caller)
    if (Frames[F].Caller != kNone)
      Calls.push_back(Frames[F].Site);
  std::reverse(Calls.begin(), Calls.end());
  return Calls;
}

static bool isConcurrentOp(const Op &O) {
  switch (O.Kind) {
  case OpKind::Call:
  case OpKind::Link:
  case OpKind::Blocks:
  case OpKind::ContainerRead:
  case OpKind::ContainerWrite:
  case OpKind::ContainerIterate:
  case OpKind::Read:
  case OpKind::Write:
  case OpKind::Alias:
  case OpKind::Escape:
  case OpKind::Destroy:
  case OpKind::Return:
  case OpKind::Throw:
  case OpKind::NoReturn:
    return false;
  default:
    return true;
  }
}

bool hasConcurrentOp(const Function &F) {
  return std::any_of(F.Ops.begin(), F.Ops.end(), [](const Op &O) {
    return isConcurrentOp(O) || O.Needs != kNone;
  });
}

void spreadConcurrency(Unit &U) {
  for (Function &F : U.Functions)
    F.HasConcurrency |= hasConcurrentOp(F);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (Function &F : U.Functions) {
      if (F.HasConcurrency)
        continue;
      for (const Op &O : F.Ops)
        if (O.Callee != kNone && U.Functions[O.Callee].HasConcurrency)
          F.HasConcurrency = true;
      Changed |= F.HasConcurrency;
    }
  }
}

std::vector<FunctionId> scopeRoots(const Unit &U) {
  std::vector<bool> Used(U.Functions.size(), false);
  for (FunctionId F = 0; F < U.Functions.size(); ++F)
    for (const Op &O : U.Functions[F].Ops)
      if (O.Callee != kNone && O.Callee != F)
        Used[O.Callee] = true;
  std::vector<FunctionId> Roots;
  for (FunctionId F = 0; F < U.Functions.size(); ++F) {
    const Function &Fn = U.Functions[F];
    if (Fn.Kind == FunctionKind::Lambda || !Fn.HasConcurrency || !Fn.InMainFile)
      continue;
    if (!Used[F] || (Fn.External && Fn.Public))
      Roots.push_back(F);
  }
  return Roots;
}

} // namespace heddle
