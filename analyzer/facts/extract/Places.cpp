// Surveys a body: its statements, and the objects that results go to.
#include "facts/extract/Builder.h"

using namespace clang;

namespace heddle {
namespace {

class Survey : public RecursiveASTVisitor<Survey> {
public:
  using Base = RecursiveASTVisitor<Survey>;
  Survey(Session &S, Expressions &X, ObjectId Result,
         llvm::DenseMap<const Expr *, PathId> &Targets,
         llvm::DenseMap<const CXXBindTemporaryExpr *, PathId> &Temporaries,
         llvm::DenseSet<const Expr *> &Dropped,
         llvm::DenseSet<const Expr *> &Unfollowed,
         std::vector<Range> &Statements, FunctionId Owner)
      : S(S), X(X), Result(Result), Targets(Targets), Temporaries(Temporaries),
        Dropped(Dropped), Unfollowed(Unfollowed), Statements(Statements),
        Owner(Owner) {}

  bool shouldVisitImplicitCode() const { return true; }

  // The body of a lambda is a function of its own.
  bool TraverseLambdaExpr(LambdaExpr *L) {
    for (Expr *Init : L->capture_inits())
      if (Init)
        TraverseStmt(Init);
    return true;
  }

  bool VisitCompoundStmt(CompoundStmt *C) {
    for (Stmt *Child : C->body()) {
      add(Child, true);
      drop(Child);
    }
    return true;
  }
  bool VisitForStmt(ForStmt *F) { return body(F->getBody()); }
  bool VisitCXXForRangeStmt(CXXForRangeStmt *F) { return body(F->getBody()); }
  bool VisitWhileStmt(WhileStmt *W) { return body(W->getBody()); }
  bool VisitDoStmt(DoStmt *W) { return body(W->getBody()); }
  bool VisitIfStmt(IfStmt *I) {
    body(I->getThen());
    return body(I->getElse());
  }

  bool VisitVarDecl(VarDecl *V) {
    // A static local is initialised once, before anyone else can see it.
    if (V->getInit() && !isa<ParmVarDecl>(V) && !V->isStaticLocal())
      target(V->getInit(), S.U.Paths.root(S.objectFor(V)), V->getType());
    return true;
  }
  bool VisitReturnStmt(ReturnStmt *R) {
    if (Result != kNone && R->getRetValue())
      target(R->getRetValue(), S.U.Paths.root(Result), {});
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *O) {
    if (O->getOperator() == OO_Equal && O->getNumArgs() == 2)
      target(O->getArg(1), X.path(O->getArg(0)), {});
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *C) {
    CallParts P = partsOf(C);
    const FunctionModel *M = S.Lookup.call(P);
    if (M && M->MakesElement && P.Args.size() == 1)
      target(P.Args[0],
             S.extend(X.target(P.Object), StepKind::Index, "",
                      S.Lookup.elementOf(P.Object->getType())),
             {});
    return true;
  }
  // The fields of a variable are followed, those of another aggregate not.
  bool VisitInitListExpr(InitListExpr *L) {
    auto Known = Targets.find(L);
    bool IsVariable =
        Known != Targets.end() && Known->second != kNone &&
        S.U.Paths.rootObject(Known->second).K != Object::Temporary;
    if (!IsVariable && L->getType()->getAsCXXRecordDecl())
      for (const Expr *Init : L->inits())
        Unfollowed.insert(strip(Init));
    return true;
  }
  bool VisitCXXBindTemporaryExpr(CXXBindTemporaryExpr *B) {
    const Expr *E = strip(B);
    // What has a place of its own was moved there: the end of the temporary
    // joins nothing, unlocks nothing.
    if (auto Known = Targets.find(E);
        Known != Targets.end() && Known->second != kNone)
      return true;
    Object O;
    O.K = Object::Temporary;
    S.applyType(O, B->getType());
    O.Owner = Owner;
    bool Handle = O.Handle;
    PathId P = S.U.Paths.root(S.addObject(std::move(O)));
    Targets[E] = P;
    // A copy of a handle is the handle itself; a call that returns a handle
    // is an argument like any other object.
    if (X.path(E) == kNone && (isa<CXXConstructExpr>(E) || Handle))
      X.Named.try_emplace(E, P);
    Temporaries[B] = P;
    return true;
  }

private:
  void target(const Expr *E, PathId P, QualType T) {
    if (P == kNone)
      return;
    // A reference only names what it is bound to.
    if (!T.isNull() && T->isReferenceType() && X.path(E) != kNone)
      return;
    const Expr *Source = strip(E);
    if (const auto *N = dyn_cast<CXXNewExpr>(Source);
        N && N->getConstructExpr()) {
      Source = N->getConstructExpr();
      P = S.extend(P, StepKind::Deref, "", N->getAllocatedType());
    }
    Targets.try_emplace(Source, P);
  }
  // A cast to void says that the result is not wanted.
  void drop(Stmt *Child) {
    auto *E = dyn_cast<Expr>(Child);
    const Expr *Bare = E;
    if (const auto *C = dyn_cast_or_null<ExprWithCleanups>(E))
      Bare = C->getSubExpr()->IgnoreParens();
    if (Bare && !(isa<ExplicitCastExpr>(Bare) && Bare->getType()->isVoidType()))
      Dropped.insert(strip(E));
  }
  bool body(Stmt *Child) {
    if (Child && !isa<CompoundStmt>(Child)) {
      drop(Child);
      add(Child, false);
    }
    return true;
  }
  // A statement that is a branch's whole body cannot be given a neighbour.
  void add(Stmt *Child, bool InBlock) {
    Range R = S.range(Child->getSourceRange());
    if (!R.valid() || isa<CompoundStmt>(Child))
      return;
    std::string_view Text = S.U.Files[R.File].Text;
    size_t At = R.End;
    while (At < Text.size() && (Text[At] == ' ' || Text[At] == '\n'))
      ++At;
    if (At < Text.size() && Text[At] == ';' && R.End != At + 1) {
      R.EndCol += uint32_t(At + 1 - R.End);
      R.End = uint32_t(At + 1);
    }
    R.InMacro |= !InBlock;
    Statements.push_back(R);
  }

  Session &S;
  Expressions &X;
  ObjectId Result;
  llvm::DenseMap<const Expr *, PathId> &Targets;
  llvm::DenseMap<const CXXBindTemporaryExpr *, PathId> &Temporaries;
  llvm::DenseSet<const Expr *> &Dropped;
  llvm::DenseSet<const Expr *> &Unfollowed;
  std::vector<Range> &Statements;
  FunctionId Owner;
};

} // namespace

void FunctionBuilder::survey() {
  std::vector<Range> Found;
  Survey V(S, X, S.U.Functions[Id].Result, Targets, Temporaries, Dropped,
           Unfollowed, Found, Id);
  if (const auto *C = dyn_cast<CXXConstructorDecl>(D))
    for (const CXXCtorInitializer *I : C->inits()) {
      const Expr *Init = writtenInit(I);
      if (I->isMemberInitializer()) {
        PathId P = S.field(X.thisPath(), I->getMember());
        Targets[strip(Init)] = P;
      }
      V.TraverseStmt(const_cast<Expr *>(Init));
    }
  V.TraverseStmt(D->getBody());
  for (Range &R : Found)
    Statements.push_back({R});
}

void FunctionBuilder::setStatements() {
  for (Op &O : Ops) {
    const Range *Best = nullptr;
    for (const Placed &P : Statements)
      if (P.Where.File == O.Where.File && P.Where.Begin <= O.Where.Begin &&
          O.Where.End <= P.Where.End &&
          (!Best || P.Where.End - P.Where.Begin < Best->End - Best->Begin))
        Best = &P.Where;
    if (Best)
      O.Statement = *Best;
  }
}

} // namespace heddle
