// Locks that are taken and given back, by hand and by guards.
#include "facts/extract/Builder.h"

using namespace clang;

namespace heddle {

static const TypeModel *lockType(Names &Lookup, const Expr *Lock) {
  QualType T = strip(Lock)->getType();
  return Lookup.type(T->isPointerType() ? T->getPointeeType() : T);
}

bool FunctionBuilder::mayNest(const Expr *Lock) {
  const TypeModel *M = lockType(S.Lookup, Lock);
  return M && M->MayNest;
}

bool FunctionBuilder::readersNest(const Expr *Lock) {
  const TypeModel *M = lockType(S.Lookup, Lock);
  return M && M->ReadersNest;
}

void FunctionBuilder::acquire(const FunctionModel &M, const CallParts &P) {
  std::vector<PathId> Locks;
  if (M.Object.Rest)
    for (size_t I = M.Object.Index; I < P.Args.size(); ++I)
      Locks.push_back(X.target(P.Args[I]));
  else
    Locks.push_back(objectOf(M, P, kNone));
  const Expr *Subject = P.Object         ? P.Object
                        : P.Args.empty() ? nullptr
                                         : P.Args[0];
  bool First = true;
  for (PathId Lock : Locks) {
    // std::lock works on guards as well as on locks.
    auto Guard = Guards.find(Lock);
    bool Indirect = Guard != Guards.end() && !Guard->second.Locks.empty();
    Op &O = emit(OpKind::Acquire, P.Whole->getSourceRange());
    O.MayNest = Subject && mayNest(Subject);
    O.Object = Indirect ? Guard->second.Locks[0] : Lock;
    O.Guard = Indirect ? Lock : kNone;
    O.Shared = M.Shared;
    O.Try = M.Try;
    O.Timed = M.Timed;
    O.Together = !First;
    O.Model = M.Name;
    O.Recursive = O.Object != kNone &&
                  S.U.Paths.path(O.Object).Role == TypeRole::RecursiveMutex;
    O.Recursive |= M.Shared && Subject && readersNest(Subject);
    First = false;
  }
}

void FunctionBuilder::guardBind(const FunctionModel &M, const CallParts &P,
                                PathId Guard) {
  Bound B;
  B.Shared = M.Shared;
  size_t From = M.Lock.Index;
  size_t To = M.Lock.Rest ? P.Args.size() : From + 1;
  for (size_t I = From; I < To && I < P.Args.size(); ++I)
    B.Locks.push_back(X.target(P.Args[I]));
  if (M.Acquire != "no") {
    bool First = true;
    for (PathId Lock : B.Locks) {
      B.Acquire = OpId(Ops.size());
      Op &O = emit(OpKind::Acquire, P.Whole->getSourceRange());
      O.Object = Lock;
      O.Guard = Guard;
      O.Shared = M.Shared;
      O.Adopt = M.Acquire == "adopt";
      O.Try = M.Acquire == "try";
      O.Timed = M.Timed;
      O.Together = !First;
      O.Model = M.Name;
      O.Unnamed = isDropped(P.Whole, Guard);
      O.Recursive = Lock != kNone &&
                    S.U.Paths.path(Lock).Role == TypeRole::RecursiveMutex;
      First = false;
    }
  }
  if (B.Locks.empty() && Guard != kNone) {
    Op &O = emit(OpKind::GuardEmpty, P.Whole->getSourceRange());
    O.Object = Guard;
    O.Model = M.Name;
  }
  if (Guard != kNone)
    Guards[Guard] = std::move(B);
}

void FunctionBuilder::guardUse(const FunctionModel &M, const CallParts &P) {
  PathId Guard = X.target(P.Object);
  auto It = Guards.find(Guard);
  std::vector<PathId> Locks{kNone};
  bool Shared = false;
  if (It != Guards.end()) {
    Locks = It->second.Locks;
    Shared = It->second.Shared;
  }
  if (M.What == Effect::GuardTest) {
    if (It != Guards.end() && It->second.Acquire != kNone)
      OpOf[P.Whole] = It->second.Acquire;
    return;
  }
  if (M.What == Effect::GuardRelease) {
    Op &O = emit(OpKind::Alias, P.Whole->getSourceRange());
    O.Object = kNone;
    O.Args = {Guard};
    return;
  }
  bool Takes = M.What == Effect::GuardLock;
  for (PathId Lock : Locks) {
    if (It != Guards.end() && Takes)
      It->second.Acquire = OpId(Ops.size());
    Op &O = emit(Takes ? OpKind::Acquire : OpKind::Release,
                 P.Whole->getSourceRange());
    O.Object = Lock;
    O.Guard = Guard;
    O.Shared = Shared;
    O.Try = M.Try;
    O.Timed = M.Timed;
    O.Model = M.Name;
  }
}

} // namespace heddle
