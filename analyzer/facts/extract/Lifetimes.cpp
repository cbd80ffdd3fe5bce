// What happens at the end of an object's life: unlock, join, cancel, calls.
#include "facts/extract/Builder.h"

using namespace clang;

namespace heddle {

static constexpr unsigned kMaxFields = 3; // levels of members that are followed

void FunctionBuilder::destroyVariable(const VarDecl *V, SourceLocation At) {
  if (V->isNRVOVariable())
    return;
  PathId P = V->getType()->isReferenceType() ? S.U.Paths.root(S.objectFor(V))
                                             : X.variable(V);
  destroy(P, V->getType().getNonReferenceType(), At, 0);
}

// The end of a local without a destructor that others may still refer to.
void FunctionBuilder::endOfLife(const VarDecl *V, SourceLocation At) {
  QualType T = V->getType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  bool Silent = R && R->hasDefinition() && R->hasTrivialDestructor();
  bool Shown = S.use(V).ByReference || (Silent && S.use(V).Mentions);
  if (T->isReferenceType() || (T->isRecordType() && !Silent) || !Shown)
    return;
  Op &O = emit(OpKind::Destroy, At);
  O.Object = S.U.Paths.root(S.objectFor(V));
  O.Implicit = O.Deferred = O.Trivial = true;
}

void FunctionBuilder::destroyGuard(PathId P, SourceRange At) {
  std::vector<PathId> Locks{kNone};
  bool Shared = false;
  if (auto It = Guards.find(P); It != Guards.end()) {
    Locks = It->second.Locks;
    Shared = It->second.Shared;
  }
  for (PathId Lock : llvm::reverse(Locks)) {
    Op &O = emit(OpKind::Release, At);
    O.Object = Lock;
    O.Guard = P;
    O.Shared = Shared;
    O.IfHeld = O.Implicit = O.Deferred = true;
  }
}

void FunctionBuilder::destroy(PathId P, QualType T, SourceRange At,
                              unsigned Depth) {
  if (P == kNone || T.isNull() || Depth > kMaxFields)
    return;
  if (auto It = Deferred.find(P); It != Deferred.end()) {
    Op &O = emit(OpKind::Call, At);
    setTask(O, It->second);
    O.Deferred = O.Implicit = true;
  }
  const TypeModel *M = S.Lookup.type(T);
  TypeRole Role = M ? M->Role : TypeRole::Plain;
  if (Role == TypeRole::Guard) {
    destroyGuard(P, At);
  } else if (M && M->JoinsAtEnd && !MovedFrom.count(P)) {
    Op &O = emit(OpKind::Join, At);
    O.Object = O.Handle = P;
    O.Implicit = O.Deferred = true;
  } else if (M && M->AbortsAtEnd && !MovedFrom.count(P)) {
    Op &O = emit(OpKind::ThreadEnd, At);
    O.Object = P;
    O.Implicit = O.Deferred = true;
  } else if (M && M->CancelsAtEnd) {
    Op &O = emit(OpKind::Cancel, At);
    O.Object = P;
    O.Implicit = O.Deferred = true;
  } else if (Role == TypeRole::Container) {
    QualType E = S.Lookup.elementOf(T);
    if (!E.isNull())
      destroy(S.extend(P, StepKind::Index, "", E), E, At, Depth + 1);
  } else if (const CXXRecordDecl *R = T->getAsCXXRecordDecl();
             !M && R && R->hasDefinition()) {
    FunctionId Body = S.functionFor(R->getDestructor());
    if (Body != kNone) {
      Op &O = emit(OpKind::Call, At);
      O.Callee = Body;
      O.This = P;
      O.Name = S.U.Functions[Body].Name;
      O.Deferred = O.Implicit = true;
    } else {
      destroyMembers(P, R, At, Depth);
    }
  }
  if (Depth == 0 && T->isRecordType() &&
      S.U.Paths.path(P).Kind == StepKind::Root) {
    Op &O = emit(OpKind::Destroy, At);
    O.Object = P;
    O.Implicit = O.Deferred = true;
  }
}

// What the end of the members does, and what a destructor of another file does
// in place of that.
void FunctionBuilder::destroyMembers(PathId P, const CXXRecordDecl *R,
                                     SourceRange At, unsigned Depth) {
  size_t First = Ops.size();
  if (S.isUserCode(R->getLocation()) && !R->isLambda())
    for (const FieldDecl *F : R->fields())
      if (F->getType()->isRecordType() && F->getIdentifier())
        destroy(S.extend(P, StepKind::Field, F->getName(), F->getType()),
                F->getType(), At, Depth + 1);
  uint32_t Elsewhere = S.elsewhere(R->getDestructor());
  if (Elsewhere == kNone)
    return;
  uint32_t Guesses = uint32_t(Ops.size() - First);
  Op &O = emit(OpKind::Link, At);
  O.Elsewhere = Elsewhere;
  O.Guesses = Guesses;
  O.This = P;
  O.Name = R->getDestructor()->getNameAsString();
  O.Deferred = O.Implicit = true;
}

} // namespace heddle
