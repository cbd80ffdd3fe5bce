// What the models say that a call does.
#include "facts/extract/Builder.h"

using namespace clang;

namespace heddle {

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

bool FunctionBuilder::isDropped(const Expr *Whole, PathId Result) const {
  return Dropped.contains(Whole) &&
         (Result == kNone ||
          S.U.Paths.rootObject(Result).K == Object::Temporary);
}

Amount FunctionBuilder::countOf(const FunctionModel &M, const CallParts &P,
                                int64_t Default) {
  if (M.Count.K == ArgRef::Number)
    return Amount::of(M.Count.Index);
  if (M.Count.K == ArgRef::Arg && size_t(M.Count.Index) < P.Args.size())
    return X.amount(P.Args[M.Count.Index]);
  return Default < 0 ? Amount() : Amount::of(Default);
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
  setTask(O, T);
  O.Model = M.Name;
  O.Handle = O.Result = Result;
  if (M.Handle.K == ArgRef::Arg && size_t(M.Handle.Index) < P.Args.size())
    O.Handle = X.target(P.Args[M.Handle.Index]);
  O.Policy = M.Joins == "handle"    ? JoinPolicy::Handle
             : M.Joins == "auto"    ? JoinPolicy::Auto
             : M.Joins == "counted" ? JoinPolicy::Counted
             : M.Joins == "here"    ? JoinPolicy::Here
                                    : JoinPolicy::None;
  O.Cooperative = M.Cooperative;
  O.Unnamed = isDropped(P.Whole, Result);
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
    size_t Params = T.Body != kNone ? S.U.Functions[T.Body].Params.size()
                    : T.Declared    ? T.Declared->getNumParams()
                                    : 0;
    if (Params && From <= P.Args.size() && Params == P.Args.size() - From + 1) {
      O.Args.push_back(kNone);
      O.ArgBodies.push_back(kNone);
    }
    bindArguments(O, T, P.Args, From, true);
  }
  Ops.push_back(std::move(O));
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
    else if (const auto *D = dyn_cast<DeclRefExpr>(E);
             D && S.Lookup.isDefaultCase(D->getDecl()))
      C.K = SelectCase::Default;
    if ((C.K == SelectCase::Recv || C.K == SelectCase::Send) &&
        !Inner.Args.empty())
      C.Channel = X.path(Inner.Args[0]);
    if (C.K == SelectCase::Send && Inner.Args.size() > 1)
      O.Args.push_back(X.path(Inner.Args[1]));
    // A channel by itself is received from.
    if (C.K == SelectCase::Unknown &&
        S.Lookup.role(E->getType()) == TypeRole::Channel) {
      C.K = SelectCase::Recv;
      C.Channel = X.path(E);
    }
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
  setTask(O, T);
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
    bindArguments(O, T, P.Args, From, false);
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
  O.CanTest = M.Task.K == ArgRef::Arg;
  O.Callee = T.Body;
  O.CalleeValue = T.Value;
  O.Model = M.Name;
}

// Arguments of a construction inside of a container or behind a pointer.
// The constructor that makes a T of so many arguments, if just one can.
static const CXXConstructorDecl *constructorOf(QualType T, size_t Arguments) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  const CXXConstructorDecl *Found = nullptr;
  if (!R || !R->hasDefinition())
    return nullptr;
  for (const CXXConstructorDecl *C : R->ctors()) {
    if (C->isDeleted() || C->isCopyOrMoveConstructor() ||
        Arguments < C->getMinRequiredArguments() ||
        Arguments > C->getNumParams())
      continue;
    if (Found)
      return nullptr;
    Found = C;
  }
  return Found;
}

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
  if (T.isNull())
    return;
  if (!P.Args.empty() &&
      S.Lookup.role(P.Args[0]->getType()) == S.Lookup.role(T) &&
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
    return modelled(*C, Inner, Where);
  const CXXConstructorDecl *C = constructorOf(T, P.Args.size());
  FunctionId Callee = Where == kNone ? kNone : S.functionFor(C);
  if (Callee != kNone)
    userCall(Inner, Callee, Where, kNone);
  else
    link(Inner, C, Where);
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
  case Effect::ChanNil:
    return OpKind::ChanNil;
  case Effect::LockMake:
    return OpKind::LockMake;
  case Effect::PoolPut:
    return OpKind::PoolPut;
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
  case Effect::Output:
    unknownCall(P, nullptr, P.Object ? X.target(P.Object) : kNone);
    Ops.back().Model = M.Name;
    return;
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
  O.Unwinds = M.Unwinds;
  O.MayBeClosed = M.ClosedIsStatus;
  O.Remedy = M.What == Effect::ChanMake ? S.Lookup.closerOf(P.Whole->getType())
                                        : M.AtExit;
  O.Decides = M.Decides;
  O.Result = Result;
  O.Handle = M.What == Effect::Join ? O.Object : kNone;
  O.Unnamed = isDropped(P.Whole, Result);
  if (M.What == Effect::Send && !P.Args.empty())
    O.Args = {X.path(P.Args[0])};
  if (M.What == Effect::PoolPut)
    O.Args = {P.Object ? X.target(P.Object) : kNone};
  if (M.Try || M.Result)
    OpOf[P.Whole] = OpId(Ops.size() - 1);
  // What the timer runs is a task.
  if (M.What == Effect::TimerMake)
    spawn(M, P, Result);
  if (M.MakesElement) {
    storeElement(P);
    inPlace(M, P);
  }
}

} // namespace heddle
