// Calls and constructions, by their models or as calls of user code.
#include "facts/extract/Builder.h"

using namespace clang;

namespace heddle {

PathId FunctionBuilder::resultOf(const Expr *E) {
  auto It = Targets.find(strip(E));
  return It == Targets.end() ? kNone : It->second;
}

PathId FunctionBuilder::objectOf(const FunctionModel &M, const CallParts &P,
                                 PathId Result) {
  switch (M.Object.K) {
  case ArgRef::This:
    return X.target(P.Object);
  case ArgRef::Arg:
    return size_t(M.Object.Index) < P.Args.size()
               ? X.target(P.Args[M.Object.Index])
               : kNone;
  case ArgRef::Result:
    return Result;
  case ArgRef::Number:
    return kNone;
  case ArgRef::Nothing:
    break;
  }
  if (P.Object)
    return X.target(P.Object);
  if (isa<CXXConstructExpr>(P.Whole))
    return Result;
  return P.Args.empty() ? kNone : X.target(P.Args[0]);
}

Amount FunctionBuilder::countOf(const FunctionModel &M, const CallParts &P,
                                int64_t Default) {
  if (M.Count.K == ArgRef::Number)
    return Amount::of(M.Count.Index);
  if (M.Count.K == ArgRef::Arg && size_t(M.Count.Index) < P.Args.size())
    return X.amount(P.Args[M.Count.Index]);
  return Default < 0 ? Amount() : Amount::of(Default);
}

void FunctionBuilder::bindArguments(Op &O, FunctionId Callee,
                                    ArrayRef<const Expr *> Args, size_t Skip,
                                    bool Copies) {
  for (size_t I = Skip; I < Args.size(); ++I) {
    PathId P = X.path(Args[I]);
    size_t Param = O.Args.size();
    // A thread gets copies of its arguments; std::ref, pointers and handles
    // still lead to the original.
    TypeRole Role = S.Lookup.role(strip(Args[I])->getType());
    if (Copies && Callee != kNone &&
        Param < S.U.Functions[Callee].Params.size() &&
        S.U.Paths.object(S.U.Functions[Callee].Params[Param]).Reference &&
        !S.Lookup.isHandle(Args[I]->getType()) && Role != TypeRole::Pointer)
      P = kNone;
    O.Args.push_back(P);
    O.ArgBodies.push_back(X.task(Args[I]).Body);
  }
}

void FunctionBuilder::spawn(const FunctionModel &M, const CallParts &P,
                            PathId Result) {
  if (M.Task.K != ArgRef::Arg || size_t(M.Task.Index) >= P.Args.size())
    return;
  Task T = X.task(P.Args[M.Task.Index]);
  PathId Object =
      M.Object.K == ArgRef::Nothing ? kNone : objectOf(M, P, Result);
  Op O;
  O.Kind = OpKind::Spawn;
  O.Where = S.range(P.Whole->getSourceRange());
  O.Object = Object;
  O.Callee = T.Body;
  O.CalleeValue = T.Value;
  O.Name = T.Name;
  O.Model = M.Name;
  O.Handle = O.Result = Result;
  if (M.Handle.K == ArgRef::Arg && size_t(M.Handle.Index) < P.Args.size())
    O.Handle = X.target(P.Args[M.Handle.Index]);
  O.Policy = M.Joins == "handle"    ? JoinPolicy::Handle
             : M.Joins == "auto"    ? JoinPolicy::Auto
             : M.Joins == "counted" ? JoinPolicy::Counted
             : M.Joins == "here"    ? JoinPolicy::Here
                                    : JoinPolicy::None;
  O.Unnamed = Result == kNone;
  if (T.This)
    O.This = *T.This;
  O.Args = T.Args;
  O.ArgBodies.assign(T.Args.size(), kNone);
  if (M.TaskArgs.K == ArgRef::Arg) {
    size_t From = M.TaskArgs.Index;
    if (T.Method && !T.This && From < P.Args.size()) {
      O.This = X.target(P.Args[From]);
      ++From;
    }
    // A task that takes one argument more than it is given takes the stop
    // token of its thread first.
    if (T.Body != kNone && From <= P.Args.size() &&
        S.U.Functions[T.Body].Params.size() == P.Args.size() - From + 1) {
      O.Args.push_back(kNone);
      O.ArgBodies.push_back(kNone);
    }
    bindArguments(O, T.Body, P.Args, From, true);
  }
  Ops.push_back(std::move(O));
}

void FunctionBuilder::acquire(const FunctionModel &M, const CallParts &P) {
  std::vector<PathId> Locks;
  if (M.Object.Rest)
    for (size_t I = M.Object.Index; I < P.Args.size(); ++I)
      Locks.push_back(X.target(P.Args[I]));
  else
    Locks.push_back(objectOf(M, P, kNone));
  bool First = true;
  for (PathId Lock : Locks) {
    // std::lock works on guards as well as on locks.
    auto Guard = Guards.find(Lock);
    bool Indirect = Guard != Guards.end() && !Guard->second.Locks.empty();
    Op &O = emit(OpKind::Acquire, P.Whole->getSourceRange());
    O.Object = Indirect ? Guard->second.Locks[0] : Lock;
    O.Guard = Indirect ? Lock : kNone;
    O.Shared = M.Shared;
    O.Try = M.Try;
    O.Timed = M.Timed;
    O.Together = !First;
    O.Model = M.Name;
    O.Recursive = O.Object != kNone &&
                  S.U.Paths.path(O.Object).Role == TypeRole::RecursiveMutex;
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
      O.Unnamed = Dropped.contains(P.Whole);
      O.Recursive = Lock != kNone &&
                    S.U.Paths.path(Lock).Role == TypeRole::RecursiveMutex;
      First = false;
    }
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

void FunctionBuilder::select(const CallParts &P) {
  Op O;
  O.Kind = OpKind::Select;
  O.Where = S.range(P.Whole->getSourceRange());
  for (const Expr *Arg : P.Args) {
    SelectCase C;
    const Expr *E = strip(Arg);
    C.Where = S.range(E->getSourceRange());
    CallParts Inner = partsOf(E);
    const FunctionModel *M = S.Lookup.call(Inner);
    if (!M && isa<CXXConstructExpr>(E) && Inner.Args.size() == 1) {
      E = strip(Inner.Args[0]);
      Inner = partsOf(E);
      M = S.Lookup.call(Inner);
    }
    if (M && M->What == Effect::CaseRecv)
      C.K = SelectCase::Recv;
    else if (M && M->What == Effect::CaseSend)
      C.K = SelectCase::Send;
    else if (M && M->What == Effect::CaseTimer)
      C.K = SelectCase::Timer;
    else if (M && M->What == Effect::CaseDefault)
      C.K = SelectCase::Default;
    else if (const auto *D = dyn_cast<DeclRefExpr>(E); D && S.Lookup.call([&] {
               CallParts Value;
               Value.Callee = dyn_cast<FunctionDecl>(D->getDecl());
               return Value;
             }()))
      C.K = SelectCase::Default;
    if ((C.K == SelectCase::Recv || C.K == SelectCase::Send) &&
        !Inner.Args.empty())
      C.Channel = X.path(Inner.Args[0]);
    O.Cases.push_back(std::move(C));
  }
  OpOf[P.Whole] = OpId(Ops.size());
  Ops.push_back(std::move(O));
}

void FunctionBuilder::runs(const FunctionModel &M, const CallParts &P,
                           OpKind K) {
  if (M.Task.K != ArgRef::Arg || size_t(M.Task.Index) >= P.Args.size())
    return;
  Task T = X.task(P.Args[M.Task.Index]);
  Op O;
  O.Kind = K;
  O.Where = S.range(P.Whole->getSourceRange());
  O.Callee = T.Body;
  O.CalleeValue = T.Value;
  O.Name = T.Name;
  O.Model = M.Name;
  if (T.This)
    O.This = *T.This;
  O.Args = T.Args;
  O.ArgBodies.assign(T.Args.size(), kNone);
  if (K == OpKind::Once)
    O.Object = objectOf(M, P, kNone);
  if (M.TaskArgs.K == ArgRef::Arg) {
    size_t From = M.TaskArgs.Index;
    if (T.Method && !T.This && From < P.Args.size())
      O.This = X.target(P.Args[From++]);
    bindArguments(O, T.Body, P.Args, From, false);
  }
  Ops.push_back(std::move(O));
}

void FunctionBuilder::waitForCondition(const FunctionModel &M,
                                       const CallParts &P) {
  PathId Lock = M.Lock.K == ArgRef::Arg && size_t(M.Lock.Index) < P.Args.size()
                    ? X.target(P.Args[M.Lock.Index])
                    : kNone;
  bool Ready = M.Task.K == ArgRef::Arg && size_t(M.Task.Index) < P.Args.size();
  Task T = Ready ? X.task(P.Args[M.Task.Index]) : Task();
  Op &O = emit(OpKind::CvWait, P.Whole->getSourceRange());
  O.Object = objectOf(M, P, kNone);
  O.Guard = Lock;
  O.Timed = M.Timed;
  O.Ready = Ready;
  O.Callee = T.Body;
  O.CalleeValue = T.Value;
  O.Model = M.Name;
}

// Arguments of a construction inside of a container or behind a pointer.
void FunctionBuilder::inPlace(const FunctionModel &M, const CallParts &P) {
  QualType T;
  PathId Where = kNone;
  if (M.What == Effect::Construct) {
    const TemplateArgumentList *Args =
        P.Callee->getTemplateSpecializationArgs();
    if (Args && Args->size() &&
        Args->get(0).getKind() == TemplateArgument::Type)
      T = Args->get(0).getAsType();
    Where = S.extend(resultOf(P.Whole), StepKind::Deref, "", T);
  } else {
    T = S.Lookup.elementOf(P.Object->getType());
    Where = S.extend(X.target(P.Object), StepKind::Index, "", T);
  }
  if (T.isNull() || P.Args.empty())
    return;
  if (S.Lookup.role(P.Args[0]->getType()) == S.Lookup.role(T) &&
      S.Lookup.role(T) != TypeRole::Plain) {
    if (PathId From = X.path(P.Args[0]); From != kNone && From != Where) {
      Op &O = emit(OpKind::Alias, P.Whole->getSourceRange());
      O.Object = Where;
      O.Args = {From};
      MovedFrom.insert(From);
    }
    return;
  }
  CallParts Inner = P;
  Inner.Object = nullptr;
  if (const FunctionModel *C = S.Lookup.construction(T, P.Args))
    modelled(*C, Inner, Where);
}

static OpKind kindOf(Effect E) {
  switch (E) {
  case Effect::Join:
    return OpKind::Join;
  case Effect::Detach:
    return OpKind::Detach;
  case Effect::Release:
    return OpKind::Release;
  case Effect::ChanMake:
    return OpKind::ChanMake;
  case Effect::Send:
    return OpKind::Send;
  case Effect::Recv:
    return OpKind::Recv;
  case Effect::Close:
    return OpKind::Close;
  case Effect::WgAdd:
    return OpKind::WgAdd;
  case Effect::WgDone:
    return OpKind::WgDone;
  case Effect::WgWait:
    return OpKind::WgWait;
  case Effect::EventSet:
    return OpKind::EventSet;
  case Effect::EventWait:
    return OpKind::EventWait;
  case Effect::BarrierWait:
    return OpKind::BarrierWait;
  case Effect::SemAcquire:
    return OpKind::SemAcquire;
  case Effect::SemRelease:
    return OpKind::SemRelease;
  case Effect::CvNotify:
    return OpKind::CvNotify;
  case Effect::CancelMake:
    return OpKind::CancelMake;
  case Effect::Cancel:
    return OpKind::Cancel;
  case Effect::TimerMake:
    return OpKind::TimerMake;
  case Effect::TimerStop:
    return OpKind::TimerStop;
  case Effect::Sleep:
    return OpKind::Sleep;
  case Effect::Yield:
    return OpKind::Yield;
  case Effect::NoReturn:
    return OpKind::NoReturn;
  case Effect::ContainerRead:
    return OpKind::ContainerRead;
  case Effect::ContainerWrite:
    return OpKind::ContainerWrite;
  case Effect::ContainerIterate:
    return OpKind::ContainerIterate;
  case Effect::AtomicRead:
    return OpKind::AtomicRead;
  case Effect::AtomicWrite:
    return OpKind::AtomicWrite;
  case Effect::AtomicUpdate:
    return OpKind::AtomicUpdate;
  default:
    return OpKind::Blocks;
  }
}

void FunctionBuilder::modelled(const FunctionModel &M, const CallParts &P,
                               PathId Result) {
  switch (M.What) {
  case Effect::Spawn:
    return spawn(M, P, Result);
  case Effect::Calls:
    return runs(M, P, OpKind::Call);
  case Effect::Once:
    return runs(M, P, OpKind::Once);
  case Effect::Defer:
    if (Result != kNone && M.Task.K == ArgRef::Arg &&
        size_t(M.Task.Index) < P.Args.size())
      Deferred[Result] = X.task(P.Args[M.Task.Index]);
    return;
  case Effect::Acquire:
    acquire(M, P);
    if (M.Try && !Ops.empty())
      OpOf[P.Whole] = OpId(Ops.size() - 1);
    return;
  case Effect::GuardBind:
    return guardBind(M, P, Result);
  case Effect::GuardLock:
    guardUse(M, P);
    if (M.Try && !Ops.empty())
      OpOf[P.Whole] = OpId(Ops.size() - 1);
    return;
  case Effect::GuardUnlock:
  case Effect::GuardRelease:
  case Effect::GuardTest:
    return guardUse(M, P);
  case Effect::Select:
    return select(P);
  case Effect::CvWait:
    return waitForCondition(M, P);
  case Effect::Construct:
    return inPlace(M, P);
  case Effect::Identity:
    // A future is the other end of its promise.
    if (PathId From = objectOf(M, P, kNone);
        Result != kNone && From != kNone && From != Result &&
        S.U.Paths.path(Result).Role == TypeRole::Future) {
      Op &O = emit(OpKind::Alias, P.Whole->getSourceRange());
      O.Object = Result;
      O.Args = {From};
    }
    return;
  case Effect::None:
  case Effect::CaseRecv:
  case Effect::CaseSend:
  case Effect::CaseTimer:
  case Effect::CaseDefault:
  case Effect::Element:
  case Effect::Member:
  case Effect::Pure:
  case Effect::Bind:
  case Effect::SemMake:
    return;
  default:
    break;
  }
  Op &O = emit(kindOf(M.What), P.Whole->getSourceRange());
  O.Object = objectOf(M, P, Result);
  O.Count = countOf(M, P,
                    M.What == Effect::ChanMake ? 0
                    : M.What == Effect::WgAdd || M.What == Effect::WgDone ||
                            M.What == Effect::SemAcquire ||
                            M.What == Effect::SemRelease
                        ? 1
                        : -1);
  O.Model = M.Name;
  O.Name = P.Callee ? P.Callee->getNameAsString() : "";
  O.Shared = M.Shared;
  O.Try = M.Try;
  O.Timed = M.Timed;
  O.All = M.All;
  O.Result = Result;
  O.Handle = M.What == Effect::Join ? O.Object : kNone;
  if (M.Try || M.Result)
    OpOf[P.Whole] = OpId(Ops.size() - 1);
  if (M.MakesElement)
    inPlace(M, P);
}

// The loop condition of `for (T V : channel)` receives.
bool FunctionBuilder::rangeOverChannel(const CXXOperatorCallExpr *O) {
  for (const Expr *Arg : O->arguments()) {
    const auto *D = dyn_cast<DeclRefExpr>(strip(Arg));
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    if (!V || !V->isImplicit() || !V->getInit())
      continue;
    CallParts Begin = partsOf(strip(V->getInit()));
    PathId Channel = Begin.Object ? X.target(Begin.Object) : kNone;
    if (Channel == kNone ||
        S.Lookup.role(Begin.Object->getType()) != TypeRole::Channel)
      continue;
    if (O->getOperator() == OO_ExclaimEqual) {
      Op &R = emit(OpKind::Recv, Begin.Object->getSourceRange());
      R.Object = Channel;
      R.Name = "range";
      OpOf[O] = OpId(Ops.size() - 1);
    }
    return true;
  }
  return false;
}

void FunctionBuilder::userCall(const CallParts &P, FunctionId Callee,
                               PathId This, PathId Result) {
  Op O;
  O.Kind = OpKind::Call;
  O.Where = S.range(P.Whole->getSourceRange());
  O.Callee = Callee;
  O.Name = S.U.Functions[Callee].Name;
  O.This = This;
  O.Result = Result;
  bindArguments(O, Callee, P.Args, 0, false);
  OpOf[P.Whole] = OpId(Ops.size());
  Ops.push_back(std::move(O));
}

void FunctionBuilder::unknownCall(const CallParts &P, PathId This) {
  for (size_t I = 0; I < P.Args.size(); ++I) {
    const Expr *Arg = P.Args[I];
    // A container that is read as a whole: copied, printed, compared.
    bool Reads = P.Callee && I < P.Callee->getNumParams() &&
                 P.Callee->getParamDecl(I)
                     ->getType()
                     .getNonReferenceType()
                     .isConstQualified();
    PathId Path = X.path(Arg);
    if (Path == kNone)
      continue;
    if (S.Lookup.role(Arg->getType()) == TypeRole::Container && Reads) {
      Op &O = emit(OpKind::ContainerRead, Arg->getSourceRange());
      O.Object = Path;
      O.Name = P.Callee->getNameAsString();
    }
  }
  Op O;
  O.Kind = OpKind::Call;
  O.Where = S.range(P.Whole->getSourceRange());
  O.This = This;
  O.Result = resultOf(P.Whole);
  O.Name = P.Callee ? P.Callee->getNameAsString() : "";
  bool Matters = false;
  for (const Expr *Arg : P.Args) {
    O.Args.push_back(X.path(Arg));
    O.ArgBodies.push_back(kNone);
    if (O.Args.back() != kNone &&
        S.U.Paths.path(O.Args.back()).Role != TypeRole::Plain)
      Matters = true;
  }
  if (Matters)
    Ops.push_back(std::move(O));
}

void FunctionBuilder::call(const Expr *E) {
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
      O && rangeOverChannel(O))
    return;
  CallParts P = partsOf(E);
  PathId Result = resultOf(E);
  if (const FunctionModel *M = S.Lookup.call(P))
    return modelled(*M, P, Result);
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
      O && O->getOperator() == OO_Equal && P.Object && P.Args.size() == 1) {
    TypeRole R = S.Lookup.role(P.Object->getType());
    if (R == TypeRole::Thread || R == TypeRole::Future || R == TypeRole::Guard)
      return transfer(X.target(P.Object), P.Object->getType(), P.Args[0], true,
                      E);
  }
  FunctionId Callee = kNone;
  PathId This = kNone;
  if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(P.Callee)) {
    This = P.Object ? X.target(P.Object) : kNone;
    bool Virtual = M->isVirtual() && !M->hasAttr<FinalAttr>() &&
                   !M->getParent()->isEffectivelyFinal();
    if (const auto *Known =
            P.Object && Virtual
                ? const_cast<CXXMethodDecl *>(M)->getDevirtualizedMethod(
                      P.Object, false)
                : nullptr) {
      M = Known;
      Virtual = false;
    }
    if (M->getOverloadedOperator() == OO_Call && P.Object)
      Callee = X.task(P.Object).Body;
    if (Callee == kNone && !Virtual)
      Callee = S.functionFor(M);
    if (Callee == kNone && M->getOverloadedOperator() == OO_Call &&
        S.Lookup.role(P.Object->getType()) == TypeRole::Callable) {
      Op &O = emit(OpKind::Call, E->getSourceRange());
      O.CalleeValue = This;
      O.Name = "callable";
      return;
    }
  } else if (P.Callee) {
    Callee = S.functionFor(P.Callee);
  }
  if (Callee != kNone)
    return userCall(P, Callee, This, Result);
  unknownCall(P, This);
}

void FunctionBuilder::transfer(PathId To, QualType T, const Expr *From,
                               bool Moves, const Expr *Whole) {
  PathId Source = X.path(From);
  if (Source == kNone || Source == To)
    return;
  TypeRole Role = S.Lookup.role(T);
  if (Role == TypeRole::Container) {
    Op &O = emit(Moves ? OpKind::ContainerWrite : OpKind::ContainerRead,
                 Whole->getSourceRange());
    O.Object = Source;
    O.Name = Moves ? "move" : "copy";
  } else if (Role == TypeRole::Thread || Role == TypeRole::Future ||
             Role == TypeRole::Guard || Role == TypeRole::UniquePointer) {
    Op &O = emit(OpKind::Alias, Whole->getSourceRange());
    O.Object = To;
    O.Args = {Source};
    MovedFrom.insert(Source);
    if (auto It = Guards.find(Source); It != Guards.end() && To != kNone)
      Guards[To] = It->second;
  } else if (S.Lookup.isHandle(T) &&
             (Unfollowed.contains(Whole) ||
              (To != kNone && S.U.Paths.rootObject(To).Assigned))) {
    // No path leads from where the copy lies back to its source.
    emit(OpKind::Escape, Whole->getSourceRange()).Object = Source;
  }
}

void FunctionBuilder::construct(const CXXConstructExpr *C) {
  const CXXConstructorDecl *Constructor = C->getConstructor();
  PathId Result = resultOf(C);
  if (C->isElidable() && C->getNumArgs() == 1)
    return;
  if (Constructor->isCopyOrMoveConstructor() && C->getNumArgs() >= 1)
    return transfer(Result, C->getType(), C->getArg(0),
                    Constructor->isMoveConstructor(), C);
  CallParts P = partsOf(C);
  if (const FunctionModel *M = S.Lookup.call(P))
    return modelled(*M, P, Result);
  FunctionId Callee = S.functionFor(Constructor);
  if (Callee != kNone)
    return userCall(P, Callee, Result, kNone);
  if (!P.Args.empty() && !Constructor->isDefaultConstructor())
    unknownCall(P, kNone);
}

} // namespace heddle
