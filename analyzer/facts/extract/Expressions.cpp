// Resolution of expressions to access paths.
#include "facts/extract/Expressions.h"

using namespace clang;

namespace heddle {

PathId Expressions::thisPath() {
  ObjectId O = S.thisOf(F);
  return O == kNone ? kNone : S.U.Paths.root(O);
}

// A variable that only ever stands for something else: a reference, or a
// pointer or handle that is never assigned again.
PathId Expressions::aliased(const VarDecl *V) {
  QualType T = V->getType();
  auto Range = S.RangeOf.find(V->getCanonicalDecl());
  if (Range != S.RangeOf.end()) {
    bool Follows =
        T->isReferenceType() || T->isPointerType() || S.Lookup.isHandle(T);
    if (!Follows ||
        S.Lookup.role(Range->second->getType()) == TypeRole::Channel)
      return kNone;
    return S.extend(path(Range->second), StepKind::Index, "", T);
  }
  if (isa<ParmVarDecl>(V) || !V->getInit())
    return kNone;
  if (T->isReferenceType())
    return path(V->getInit());
  bool Sticky = T->isPointerType() || S.Lookup.isHandle(T);
  if (!Sticky || S.use(V).Assigned || V->hasGlobalStorage())
    return kNone;
  return path(V->getInit());
}

PathId Expressions::variable(const VarDecl *V) {
  V = V->getCanonicalDecl();
  if (V->hasGlobalStorage())
    return V->getType()->isReferenceType() && V->getInit() &&
                   Depth < kMaxDepth && aliased(V) != kNone
               ? aliased(V)
               : S.U.Paths.root(S.objectFor(V));
  for (FunctionId At = F; At != kNone; At = S.Contexts[At].Parent) {
    auto Held = S.Contexts[At].Held.find(V);
    if (Held == S.Contexts[At].Held.end())
      continue;
    FunctionId Outside = S.Contexts[At].Parent;
    if (V->isInitCapture() && V->getInit()) {
      if (Held->second.ByReference || S.Lookup.isHandle(V->getType()))
        if (PathId P = Expressions(S, Outside).path(V->getInit()); P != kNone)
          return P;
    } else if (Held->second.ByReference) {
      return Expressions(S, Outside).variable(V);
    } else if (V->getType()->isReferenceType() ||
               S.Lookup.isHandle(V->getType())) {
      PathId P = Expressions(S, Outside).variable(V);
      if (S.Lookup.isHandle(V->getType()))
        return P;
    }
    if (Held->second.Copy != kNone)
      return S.U.Paths.root(Held->second.Copy);
  }
  if (++Depth < kMaxDepth)
    if (PathId P = aliased(V); P != kNone) {
      --Depth;
      return P;
    }
  --Depth;
  return S.U.Paths.root(S.objectFor(V));
}

std::string Expressions::label(const Expr *Index) {
  if (!Index)
    return "";
  Expr::EvalResult R;
  if (!Index->isValueDependent() && Index->getType()->isIntegerType() &&
      Index->EvaluateAsInt(R, S.Ctx))
    return llvm::toString(R.Val.getInt(), 10);
  if (const auto *L = dyn_cast<clang::StringLiteral>(strip(Index)))
    return "\"" + L->getString().str() + "\"";
  auto K = key(Index);
  return K ? K->Text : "";
}

PathId Expressions::element(PathId Container, const Expr *Index, QualType T) {
  return S.extend(Container, StepKind::Index, label(Index), T);
}

// `return expr;` as the whole body: the call is what expr names.
PathId Expressions::accessor(const FunctionDecl *D, PathId This,
                             ArrayRef<const Expr *> Args) {
  const FunctionDecl *Def = nullptr;
  if (!D || !D->hasBody(Def) || Def->isDependentContext())
    return kNone;
  QualType T = Def->getReturnType();
  if (!T->isReferenceType() && !T->isPointerType() && !S.Lookup.isHandle(T))
    return kNone;
  const auto *Body = dyn_cast<CompoundStmt>(Def->getBody());
  const auto *Return = Body && Body->size() == 1
                           ? dyn_cast<ReturnStmt>(Body->body_front())
                           : nullptr;
  FunctionId Callee = Return ? S.functionFor(Def) : kNone;
  if (Callee == kNone || !Return->getRetValue() || Callee == F)
    return kNone;
  Expressions Inside(S, Callee);
  Inside.Depth = Depth + 1;
  PathId P = Inside.path(Return->getRetValue());
  if (P == kNone)
    return kNone;
  const Object Root = S.U.Paths.rootObject(P);
  PathId RootPath = S.U.Paths.root(S.U.Paths.path(P).Object);
  if (Root.K == Object::This)
    return This == kNone ? kNone : S.U.Paths.rebase(P, RootPath, This);
  if (Root.K == Object::Param) {
    const auto &Params = S.U.Functions[Callee].Params;
    for (size_t I = 0; I < Params.size() && I < Args.size(); ++I)
      if (Params[I] == S.U.Paths.path(P).Object)
        if (PathId Arg = path(Args[I]); Arg != kNone)
          return S.U.Paths.rebase(P, RootPath, Arg);
    return kNone;
  }
  return Root.Owner == kNone ? P : kNone;
}

PathId Expressions::call(const Expr *E) {
  CallParts P = partsOf(E);
  QualType T = E->getType();
  const FunctionModel *M = S.Lookup.call(P);
  const Expr *Object = P.Object;
  if (M && M->Object.K == ArgRef::Arg &&
      size_t(M->Object.Index) < P.Args.size())
    Object = P.Args[M->Object.Index];
  else if (M && !Object && !P.Args.empty())
    Object = P.Args[0];
  if (M && M->What == Effect::Identity)
    return Object ? path(Object) : kNone;
  if (M && M->What == Effect::Member)
    return S.extend(target(Object), StepKind::Field,
                    P.Callee->getNameAsString() + "()", T);
  if (M && M->ReturnsElement)
    return element(target(Object), P.Args.empty() ? nullptr : P.Args[0], T);
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E)) {
    TypeRole R = O->getNumArgs() ? S.Lookup.role(O->getArg(0)->getType())
                                 : TypeRole::Plain;
    bool Smart = R == TypeRole::SharedPointer || R == TypeRole::UniquePointer;
    if (Smart && (O->getOperator() == OO_Arrow || O->getOperator() == OO_Star))
      return O->getOperator() == OO_Arrow ? path(O->getArg(0))
                                          : S.deref(path(O->getArg(0)), T);
    if (Smart && O->getOperator() == OO_Subscript)
      return element(S.deref(path(O->getArg(0)), T), O->getArg(1), T);
  }
  if (M)
    return kNone;
  PathId This = Object && P.Object ? target(P.Object) : kNone;
  if (PathId A = accessor(P.Callee, This, P.Args); A != kNone)
    return A;
  // std::array and other types that only wrap storage.
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
      O && O->getOperator() == OO_Subscript && O->getNumArgs() == 2)
    return element(path(O->getArg(0)), O->getArg(1), T);
  return kNone;
}

// GUARDED_BY(mu) on a field names a field beside it, or a global.
void Expressions::declaredGuard(const FieldDecl *Field, PathId Base, PathId P) {
  const auto *A = Field->getAttr<GuardedByAttr>();
  const Expr *Lock = A ? strip(A->getArg()) : nullptr;
  if (!Lock || P == kNone || S.DeclaredGuards.count(P))
    return;
  PathId Guard = kNone;
  if (const auto *M = dyn_cast<MemberExpr>(Lock);
      M && isa<CXXThisExpr>(strip(M->getBase())))
    Guard = S.extend(Base, StepKind::Field, M->getMemberDecl()->getName(),
                     M->getType());
  else if (const auto *D = dyn_cast<DeclRefExpr>(Lock))
    Guard = path(D);
  if (Guard != kNone)
    S.DeclaredGuards[P] = Guard;
}

// `auto &[Key, Value] : Map`: Value is the element that Map[Key] is.
static bool isMapped(Session &S, const VarDecl *V, const BindingDecl *B) {
  const auto *D = dyn_cast<DecompositionDecl>(V);
  const CXXRecordDecl *R =
      V->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return D && R && R->getName() == "pair" && D->bindings().size() == 2 &&
         D->bindings()[1] == B && V->getType()->isReferenceType() &&
         S.RangeOf.count(V->getCanonicalDecl());
}

PathId Expressions::path(const Expr *E) {
  E = strip(E);
  if (!E || Depth >= kMaxDepth)
    return kNone;
  if (auto It = Named.find(E); It != Named.end())
    return It->second;
  struct Deeper {
    unsigned &D;
    explicit Deeper(unsigned &D) : D(D) { ++D; }
    ~Deeper() { --D; }
  } Guard(Depth);
  QualType T = E->getType();
  if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *V = dyn_cast<VarDecl>(D->getDecl()))
      return variable(V);
    if (const auto *B = dyn_cast<BindingDecl>(D->getDecl())) {
      const auto *V = dyn_cast_or_null<VarDecl>(B->getDecomposedDecl());
      if (V && isMapped(S, V, B))
        return variable(V);
      return V ? S.extend(variable(V), StepKind::Field, B->getName(), T)
               : kNone;
    }
    return kNone;
  }
  if (const auto *M = dyn_cast<MemberExpr>(E)) {
    if (const auto *V = dyn_cast<VarDecl>(M->getMemberDecl()))
      return variable(V);
    const auto *Field = dyn_cast<FieldDecl>(M->getMemberDecl());
    if (!Field)
      return kNone;
    PathId Base = path(M->getBase());
    if (M->isArrow())
      Base = S.deref(Base, M->getBase()->getType()->getPointeeType());
    PathId P = S.field(Base, Field);
    declaredGuard(Field, Base, P);
    return P;
  }
  if (isa<CXXThisExpr>(E))
    return S.extend(thisPath(), StepKind::Address, "", T);
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_AddrOf)
      return S.extend(path(U->getSubExpr()), StepKind::Address, "", T);
    if (U->getOpcode() == UO_Deref)
      return S.deref(path(U->getSubExpr()), T);
    return kNone;
  }
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
    const Expr *Base = A->getBase()->IgnoreParenImpCasts();
    PathId P = path(Base);
    if (!Base->getType()->isArrayType())
      P = S.deref(P, T);
    return element(P, A->getIdx(), T);
  }
  if (const auto *C = dyn_cast<CXXConstructExpr>(E)) {
    bool Copies =
        C->getConstructor()->isCopyOrMoveConstructor() && C->getNumArgs() >= 1;
    TypeRole R = S.Lookup.role(T);
    bool Keeps = S.Lookup.isHandle(T) || R == TypeRole::UniquePointer;
    if (Keeps && C->getNumArgs() >= 1 &&
        (Copies || S.Lookup.role(C->getArg(0)->getType()) == R ||
         R == TypeRole::Pointer || R == TypeRole::Channel))
      if (Copies || !C->getArg(0)->getType()->isIntegerType())
        return path(C->getArg(0));
    return kNone;
  }
  if (isa<CallExpr>(E))
    return call(E);
  return kNone;
}

PathId Expressions::storage(const Expr *E) {
  E = strip(E);
  if (const auto *M = dyn_cast_or_null<MemberExpr>(E))
    if (const auto *Field = dyn_cast<FieldDecl>(M->getMemberDecl());
        Field && !M->isArrow() && !Field->getType()->isReferenceType()) {
      PathId Base = storage(M->getBase());
      PathId P = S.field(Base, Field);
      declaredGuard(Field, Base, P);
      return P;
    }
  const auto *D = dyn_cast_or_null<DeclRefExpr>(E);
  const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
  bool Ranges = V && S.RangeOf.count(V->getCanonicalDecl());
  if (V && V->getType()->isReferenceType() && V->getInit() && !Ranges &&
      !isa<ParmVarDecl>(V) && Depth < kMaxDepth) {
    ++Depth;
    PathId P = storage(V->getInit());
    --Depth;
    return P;
  }
  if (!V || V->getType()->isReferenceType() ||
      (!S.Lookup.isHandle(V->getType()) && !V->getType()->isPointerType()))
    return path(E);
  V = V->getCanonicalDecl();
  for (FunctionId At = F; At != kNone && !V->hasGlobalStorage();
       At = S.Contexts[At].Parent)
    if (auto Held = S.Contexts[At].Held.find(V);
        Held != S.Contexts[At].Held.end() && Held->second.Copy != kNone)
      return S.U.Paths.root(Held->second.Copy);
  return S.U.Paths.root(S.objectFor(V));
}

PathId Expressions::target(const Expr *E) {
  PathId P = path(E);
  if (P == kNone || !E)
    return kNone;
  QualType T = strip(E)->getType().getNonReferenceType();
  if (T->isArrayType())
    return P;
  // `p->f()` on a smart pointer: the object expression is the operator's call.
  if (T->isPointerType() || E->getType()->isPointerType())
    return S.deref(P, E->getType()->isPointerType()
                          ? E->getType()->getPointeeType()
                          : T->getPointeeType());
  return P;
}

} // namespace heddle
