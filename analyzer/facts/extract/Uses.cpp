// What a function, its lambdas included, does to its local variables.
#include "facts/extract/Session.h"

using namespace clang;

namespace heddle {
namespace {

class UseVisitor : public RecursiveASTVisitor<UseVisitor> {
public:
  explicit UseVisitor(Session &S) : S(S) {}

  bool shouldVisitImplicitCode() const { return true; }

  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->isAssignmentOp())
      assigned(B->getLHS());
    if (VarDecl *V = B->isAssignmentOp() ? variable(B->getLHS()) : nullptr)
      S.use(V).Values.push_back(B->getRHS());
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *O) {
    if (O->isIncrementDecrementOp())
      assigned(O->getSubExpr());
    if (O->getOpcode() == UO_AddrOf)
      if (VarDecl *V = variable(O->getSubExpr()))
        S.use(V).ByReference = true;
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *C) {
    if (C->isAssignmentOp() && C->getNumArgs())
      assigned(C->getArg(0));
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *C) {
    const CXXMethodDecl *M = C->getMethodDecl();
    if (M && !M->isConst())
      if (VarDecl *V = variable(C->getImplicitObjectArgument()))
        S.use(V).Mutated = true;
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *D) {
    if (const auto *V = dyn_cast<VarDecl>(D->getDecl()))
      ++S.use(V).Mentions;
    return true;
  }
  bool VisitCallExpr(CallExpr *C) {
    if (const FunctionDecl *F = C->getDirectCallee())
      passed(F, C->getArgs(), C->getNumArgs(),
             isa<CXXOperatorCallExpr>(C) && isa<CXXMethodDecl>(F) ? 1 : 0);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *C) {
    passed(C->getConstructor(), C->getArgs(), C->getNumArgs(), 0);
    return true;
  }
  bool VisitLambdaExpr(LambdaExpr *L) {
    for (const LambdaCapture &C : L->captures())
      if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
        if (auto *V = dyn_cast<VarDecl>(C.getCapturedVar()))
          S.use(V).ByReference = true;
    return true;
  }
  bool VisitCXXForRangeStmt(CXXForRangeStmt *F) {
    S.RangeOf[F->getLoopVariable()->getCanonicalDecl()] = F->getRangeInit();
    S.use(F->getLoopVariable()).LoopVariable = true;
    return true;
  }

  bool VisitForStmt(ForStmt *F) {
    if (const auto *D = dyn_cast_or_null<DeclStmt>(F->getInit()))
      for (const Decl *One : D->decls())
        if (const auto *V = dyn_cast<VarDecl>(One))
          S.use(V).LoopVariable = true;
    const auto *B = dyn_cast_or_null<BinaryOperator>(F->getInit());
    if (VarDecl *V = B && B->isAssignmentOp() ? variable(B->getLHS()) : nullptr)
      S.use(V).LoopVariable = true;
    return true;
  }

private:
  static VarDecl *variable(const Expr *E) {
    const auto *D = dyn_cast_or_null<DeclRefExpr>(strip(E));
    return D ? dyn_cast<VarDecl>(const_cast<ValueDecl *>(D->getDecl()))
             : nullptr;
  }
  void assigned(const Expr *E) {
    if (VarDecl *V = variable(E))
      S.use(V).Assigned = true;
  }
  // A channel that was never made can only be given to be filled.
  static bool isNilChannel(const VarDecl *V, TypeRole Role) {
    const auto *C = dyn_cast_or_null<CXXConstructExpr>(strip(V->getInit()));
    return Role == TypeRole::Channel && C && C->getNumArgs() == 0;
  }
  // A non-const reference to a plain value may be written through.
  void passed(const FunctionDecl *F, Expr **Args, unsigned Count,
              unsigned Skip) {
    for (unsigned I = Skip; I < Count && I - Skip < F->getNumParams(); ++I) {
      QualType T = F->getParamDecl(I - Skip)->getType();
      if (!T->isLValueReferenceType() ||
          T.getNonReferenceType().isConstQualified())
        continue;
      VarDecl *V = variable(Args[I]);
      TypeRole Role = V ? S.Lookup.role(V->getType()) : TypeRole::Plain;
      if (V && (Role == TypeRole::Plain || isNilChannel(V, Role))) {
        S.use(V).Assigned = true;
        S.use(V).ByReference = true;
      }
    }
  }

  Session &S;
};

} // namespace

void noteUses(Session &S, const FunctionDecl *D) {
  UseVisitor(S).TraverseStmt(D->getBody());
  if (const auto *C = dyn_cast<CXXConstructorDecl>(D))
    for (const CXXCtorInitializer *I : C->inits())
      UseVisitor(S).TraverseStmt(I->getInit());
}

} // namespace heddle
