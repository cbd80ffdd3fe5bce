// Calls and constructions, by their models or as calls of user code.
#include "facts/extract/Builder.h"

using namespace clang;

namespace heddle {

PathId FunctionBuilder::resultOf(const Expr *E) {
  auto It = Targets.find(strip(E));
  return It == Targets.end() ? kNone : It->second;
}

// Parameters are references to what the argument names.
bool FunctionBuilder::takesReference(const Task &T, size_t Param) const {
  if (T.Body != kNone) {
    const auto &Params = S.U.Functions[T.Body].Params;
    return Param < Params.size() && S.U.Paths.object(Params[Param]).Reference;
  }
  return T.Declared && Param < T.Declared->getNumParams() &&
         T.Declared->getParamDecl(unsigned(Param))
             ->getType()
             ->isReferenceType();
}

void FunctionBuilder::setTask(Op &O, const Task &T) {
  O.Callee = T.Body;
  O.CalleeValue = T.Value;
  O.Name = T.Name;
  O.Elsewhere = S.elsewhere(T.Declared);
}

void FunctionBuilder::bindArguments(Op &O, const Task &T,
                                    ArrayRef<const Expr *> Args, size_t Skip,
                                    bool Copies) {
  for (size_t I = Skip; I < Args.size(); ++I) {
    PathId P = X.path(Args[I]);
    // A thread gets copies of its arguments; std::ref, pointers and handles
    // still lead to the original.
    TypeRole Role = S.Lookup.role(strip(Args[I])->getType());
    if (Copies && takesReference(T, O.Args.size()) &&
        !S.Lookup.isHandle(Args[I]->getType()) && Role != TypeRole::Pointer)
      P = kNone;
    Task Given = X.task(Args[I]);
    O.Args.push_back(P);
    O.ArgBodies.push_back(Given.Body);
    if (Given.Declared) {
      O.ArgsElsewhere.resize(O.Args.size() - 1, kNone);
      O.ArgsElsewhere.push_back(S.elsewhere(Given.Declared));
    }
  }
  if (!O.ArgsElsewhere.empty())
    O.ArgsElsewhere.resize(O.Args.size(), kNone);
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
  bindArguments(O, {.Body = Callee}, P.Args, 0, false);
  OpOf[P.Whole] = OpId(Ops.size());
  Ops.push_back(std::move(O));
}

void FunctionBuilder::unknownCall(const CallParts &P,
                                  const FunctionDecl *Callee, PathId This) {
  size_t First = Ops.size();
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
  O.Elsewhere = S.elsewhere(Callee);
  O.Guesses = uint32_t(Ops.size() - First);
  bindArguments(O, {}, P.Args, 0, false);
  Ops.push_back(std::move(O));
}

// What nobody has to know of before the files are joined.
void FunctionBuilder::link(const CallParts &P, const FunctionDecl *Callee,
                           PathId This) {
  uint32_t Elsewhere = S.elsewhere(Callee);
  if (Elsewhere == kNone || This == kNone)
    return;
  Op &O = emit(OpKind::Link, P.Whole->getSourceRange());
  O.Elsewhere = Elsewhere;
  O.This = This;
  O.Name = Callee->getNameAsString();
  bindArguments(O, {.Declared = Callee}, P.Args, 0, false);
}

void FunctionBuilder::call(const Expr *E) {
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
      O && rangeOverChannel(O))
    return;
  CallParts P = partsOf(E);
  PathId Result = resultOf(E);
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
      O && O->getOperator() == OO_Equal && O->getNumArgs() == 2)
    assignObject(O);
  const FunctionModel *M = S.Lookup.call(P);
  useValues(P, M);
  if (M)
    return modelled(*M, P, Result);
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
      O && O->getOperator() == OO_Equal && P.Object && P.Args.size() == 1) {
    TypeRole R = S.Lookup.role(P.Object->getType());
    if (R == TypeRole::Thread || R == TypeRole::Future || R == TypeRole::Guard)
      return transfer(X.target(P.Object), P.Object->getType(), P.Args[0], true,
                      E);
  }
  FunctionId Callee = kNone;
  const FunctionDecl *Declared = P.Callee;
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
    Declared = Virtual ? S.onlyOverrider(M) : M;
    if (M->getOverloadedOperator() == OO_Call && P.Object)
      Callee = X.task(P.Object).Body;
    if (Callee == kNone)
      Callee = S.functionFor(Declared);
    if (Callee == kNone && M->getOverloadedOperator() == OO_Call &&
        S.Lookup.role(P.Object->getType()) == TypeRole::Callable) {
      Op O;
      O.Kind = OpKind::Call;
      O.Where = S.range(E->getSourceRange());
      O.CalleeValue = This == kNone ? resultOf(P.Object) : This;
      O.Name = "callable";
      bindArguments(O, {}, P.Args, 0, false);
      Ops.push_back(std::move(O));
      return;
    }
  } else if (P.Callee) {
    Callee = S.functionFor(P.Callee);
  }
  if (Callee != kNone)
    return userCall(P, Callee, This, Result);
  unknownCall(P, Declared, This);
}

void FunctionBuilder::transfer(PathId To, QualType T, const Expr *From,
                               bool Moves, const Expr *Whole) {
  if (S.Lookup.isWhole(T))
    accessValue(From, Moves && !T.isTriviallyCopyableType(S.Ctx),
                Whole->getSourceRange());
  PathId Source = X.path(From);
  if (Source == kNone || Source == To)
    return;
  TypeRole Role = S.Lookup.role(T);
  if (Role == TypeRole::Plain && !S.Lookup.isWhole(T))
    readObject(From);
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
  const FunctionModel *M = S.Lookup.call(P);
  useValues(P, M);
  if (M)
    return modelled(*M, P, Result);
  FunctionId Callee = S.functionFor(Constructor);
  if (Callee != kNone)
    return userCall(P, Callee, Result, kNone);
  // One handle made from another: a pointer to the base.
  bool Converts = P.Args.size() == 1 && S.Lookup.isHandle(C->getType()) &&
                  X.path(C) != kNone && X.path(C) == X.path(P.Args[0]);
  if (!P.Args.empty() && !Constructor->isDefaultConstructor() && !Converts)
    unknownCall(P, Constructor, kNone);
  else if (P.Args.empty())
    link(P, Constructor, Result);
}

} // namespace heddle
