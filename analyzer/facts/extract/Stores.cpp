// What is put where it outlives the statement: callables, pointers, channels.
#include "facts/extract/Builder.h"

using namespace clang;

namespace heddle {

static bool keeps(Names &Lookup, QualType T) {
  if (T.isNull())
    return false;
  if (T->isReferenceType() || T->isPointerType())
    return true;
  switch (Lookup.role(T)) {
  case TypeRole::Callable:
  case TypeRole::SharedPointer:
  case TypeRole::UniquePointer:
  case TypeRole::Channel:
    return true;
  default:
    return false;
  }
}

static bool isWide(ASTContext &Ctx, QualType T) {
  T = T.getNonReferenceType();
  return T->isRecordType() && !T->isIncompleteType() &&
         Ctx.getTypeSize(T) > Ctx.getTypeSize(Ctx.VoidPtrTy);
}

static bool isNothing(const Expr *E) {
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr, ImplicitValueInitExpr>(E))
    return true;
  if (const auto *L = dyn_cast<InitListExpr>(E))
    return L->getNumInits() == 0;
  const auto *C = dyn_cast<CXXConstructExpr>(E);
  return C && (C->getNumArgs() == 0 ||
               isa<CXXNullPtrLiteralExpr>(strip(C->getArg(0))));
}

// The function called puts it there itself: its result is `To`.
bool FunctionBuilder::fillsItself(const Expr *From, PathId To) {
  const auto *C = dyn_cast<CallExpr>(From);
  FunctionId F = C ? S.functionFor(C->getDirectCallee()) : kNone;
  return F != kNone && resultOf(C) == To && S.U.Functions[F].Result != kNone;
}

void FunctionBuilder::store(PathId To, QualType T, const Expr *From,
                            SourceRange Where) {
  From = strip(From);
  if (To == kNone || !From || !keeps(S.Lookup, T) || isNothing(From) ||
      fillsItself(From, To))
    return;
  Task Held;
  if (S.Lookup.role(T) == TypeRole::Callable)
    Held = X.task(From);
  PathId Source = X.path(From);
  if (const auto *C = dyn_cast<CXXConstructExpr>(From);
      C && Source == kNone && C->getNumArgs() == 1)
    Source = X.path(C->getArg(0));
  if (Held.This || !Held.Args.empty())
    Held = Task();
  Op &O = emit(OpKind::Store, Where);
  O.Object = To;
  O.Args = {Source == kNone ? Held.Value : Source};
  O.ArgBodies = {Held.Body};
  if (Held.Declared)
    O.ArgsElsewhere = {S.elsewhere(Held.Declared)};
  O.Implicit = true;
}

// `handlers.push_back(f)`
void FunctionBuilder::storeElement(const CallParts &P) {
  QualType T = S.Lookup.elementOf(P.Object->getType());
  if (P.Args.size() == 1)
    store(S.extend(X.target(P.Object), StepKind::Index, "", T), T, P.Args[0],
          P.Whole->getSourceRange());
}

// Fields of an aggregate that is no variable: nobody knows of which object.
void FunctionBuilder::aggregate(const InitListExpr *L) {
  const CXXRecordDecl *R = L->getType()->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || R->getNumBases() || R->isUnion())
    return;
  PathId Whole = kNone;
  unsigned I = 0;
  for (const FieldDecl *F : R->fields()) {
    if (I == L->getNumInits())
      return;
    const Expr *Init = L->getInit(I++);
    if (!keeps(S.Lookup, F->getType()) || !Unfollowed.contains(strip(Init)))
      continue;
    if (Whole == kNone)
      Whole = S.U.Paths.root(S.addObject({}));
    store(S.field(Whole, F), F->getType(), Init, Init->getSourceRange());
  }
}

// A whole object is written by an assignment that the compiler made, or that
// of a callable.
void FunctionBuilder::assignObject(const CXXOperatorCallExpr *O) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(O->getDirectCallee());
  const Expr *Left = O->getArg(0);
  PathId To = X.path(Left);
  store(To, Left->getType(), O->getArg(1), O->getSourceRange());
  Blocks[Current].Works = true;
  if (To == kNone)
    return;
  TypeRole Role = S.U.Paths.path(To).Role;
  bool Whole = Role == TypeRole::Plain && M && M->isDefaulted();
  bool Known = S.Lookup.isWhole(Left->getType());
  if (Known || (!Whole && Role != TypeRole::Callable))
    return;
  if (Whole)
    readObject(O->getArg(1));
  if (!isShareable(To))
    return;
  Op &Write = emit(OpKind::Write, O->getSourceRange());
  Write.Object = To;
  Write.Wide = isWide(S.Ctx, Left->getType());
}

void FunctionBuilder::readObject(const Expr *E) {
  PathId From = X.path(E);
  if (From == kNone)
    return;
  const Path &Last = S.U.Paths.path(From);
  bool Self = Last.Kind == StepKind::Root &&
              S.U.Paths.object(Last.Object).K == Object::This;
  if (Last.Role != TypeRole::Plain || (!Self && !isShareable(From)))
    return;
  Op &Read = emit(OpKind::Read, E->getSourceRange());
  Read.Object = From;
  Read.Wide = isWide(S.Ctx, E->getType());
}

} // namespace heddle
