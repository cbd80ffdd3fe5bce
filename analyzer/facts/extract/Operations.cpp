// The operations of a function, element by element of its control-flow graph.
#include "facts/extract/Builder.h"

using namespace clang;

namespace heddle {

Op &FunctionBuilder::emit(OpKind K, SourceRange Where) {
  Op O;
  O.Kind = K;
  O.Where = S.range(Where);
  Ops.push_back(std::move(O));
  return Ops.back();
}

bool FunctionBuilder::isShareable(PathId P) const {
  if (P == kNone)
    return false;
  const Path &Last = S.U.Paths.path(P);
  bool IsPlain = Last.Role == TypeRole::Plain ||
                 Last.Role == TypeRole::Callable ||
                 (Last.Role == TypeRole::Pointer && !Last.Handle);
  return IsPlain && isReachable(P);
}

// Others may have a way to what the path names.
bool FunctionBuilder::isReachable(PathId P) const {
  if (P == kNone)
    return false;
  const Object &O = S.U.Paths.rootObject(P);
  if (O.ThreadLocal || S.U.Paths.path(P).Kind == StepKind::Address)
    return false;
  bool IsRoot = S.U.Paths.path(P).Kind == StepKind::Root;
  bool Through = false;
  for (PathId At = P; At != kNone; At = S.U.Paths.path(At).Parent)
    Through |= S.U.Paths.path(At).Kind == StepKind::Deref;
  switch (O.K) {
  case Object::Global:
  case Object::StaticLocal:
    return !O.Const;
  case Object::This:
    return !IsRoot;
  case Object::Local:
  case Object::Param:
    return O.CapturedByRef || O.Reference || O.Owner != Id || Through;
  case Object::Heap:
    return true;
  case Object::CaptureCopy:
    return Through;
  case Object::Temporary:
  case Object::Unknown:
    return false;
  }
  return false;
}

void FunctionBuilder::access(OpKind K, const Expr *E) {
  PathId P = X.storage(E);
  if (isShareable(P))
    emit(K, E->getSourceRange()).Object = P;
}

void FunctionBuilder::assignment(const Expr *Left, const Expr *Whole,
                                 bool Reads) {
  PathId P = X.storage(Left);
  Blocks[Current].Works = true;
  if (!isShareable(P))
    return;
  if (Reads)
    emit(OpKind::Read, Left->getSourceRange()).Object = P;
  emit(OpKind::Write, Whole->getSourceRange()).Object = P;
}

// Copying a container into a closure reads it.
void FunctionBuilder::lambda(const LambdaExpr *L) {
  S.callOperator(L->getLambdaClass());
  auto Capture = L->capture_begin();
  for (const Expr *Init : L->capture_inits()) {
    const LambdaCapture &C = *Capture++;
    if (!Init || C.getCaptureKind() != LCK_ByCopy || !C.capturesVariable())
      continue;
    const auto *V = dyn_cast<VarDecl>(C.getCapturedVar());
    if (V && !V->isInitCapture() &&
        S.Lookup.role(V->getType()) == TypeRole::Container) {
      Op &O = emit(OpKind::ContainerRead, C.getLocation());
      O.Object = X.variable(V);
      O.Name = "copy";
    }
  }
}

// The generic operations of the compiler and of C11's stdatomic.h.
void FunctionBuilder::atomic(const AtomicExpr *A) {
  const llvm::StringRef Name = A->getOpAsString();
  OpKind K = Name.contains("load") ? OpKind::AtomicRead
             : Name.contains("store") || Name.contains("clear")
                 ? OpKind::AtomicWrite
             : Name.contains("init") ? OpKind::Write
                                     : OpKind::AtomicUpdate;
  Op &O = emit(K, A->getSourceRange());
  O.Object = X.target(A->getPtr());
  O.Name = Name.str();
}

void FunctionBuilder::returned(const ReturnStmt *R) {
  ObjectId Result = S.U.Functions[Id].Result;
  const Expr *Value = R->getRetValue();
  if (Result != kNone && Value) {
    TypeRole Role = S.U.Paths.object(Result).Role;
    PathId From = X.path(Value);
    if (const auto *C = dyn_cast<CXXConstructExpr>(strip(Value));
        C && From == kNone && C->getNumArgs() == 1)
      From = X.path(C->getArg(0));
    PathId To = S.U.Paths.root(Result);
    if (From != kNone && From != To && Role != TypeRole::Plain &&
        !Value->getType()->isPointerType()) {
      Op &O = emit(OpKind::Alias, Value->getSourceRange());
      O.Object = To;
      O.Args = {From};
      MovedFrom.insert(From);
    }
  }
  if (Result != kNone && Value)
    store(S.U.Paths.root(Result), Value->getType(), Value,
          Value->getSourceRange());
  emit(OpKind::Return, R->getSourceRange());
}

void FunctionBuilder::statement(const Stmt *St) {
  if (const auto *C = dyn_cast<CXXConstructExpr>(St))
    return construct(C);
  if (isa<CallExpr>(St))
    return call(cast<Expr>(St));
  if (const auto *L = dyn_cast<LambdaExpr>(St))
    return lambda(L);
  if (const auto *A = dyn_cast<AtomicExpr>(St))
    return atomic(A);
  if (const auto *L = dyn_cast<InitListExpr>(St))
    return aggregate(L);
  if (isa<CoawaitExpr, CoyieldExpr>(St)) {
    emit(OpKind::Suspend, St->getSourceRange()).Implicit =
        isa<CoawaitExpr>(St) && cast<CoawaitExpr>(St)->isImplicit();
    return;
  }
  if (const auto *C = dyn_cast<ImplicitCastExpr>(St)) {
    if (C->getCastKind() == CK_LValueToRValue)
      access(OpKind::Read, C->getSubExpr());
    return;
  }
  if (const auto *B = dyn_cast<BinaryOperator>(St)) {
    if (B->isAssignmentOp())
      assignment(B->getLHS(), B, B->isCompoundAssignmentOp());
    if (B->getOpcode() == BO_Assign && B->getType()->isPointerType())
      store(X.path(B->getLHS()), B->getLHS()->getType(), B->getRHS(),
            B->getSourceRange());
    return;
  }
  if (const auto *U = dyn_cast<UnaryOperator>(St)) {
    if (U->isIncrementDecrementOp())
      assignment(U->getSubExpr(), U, true);
    return;
  }
  if (const auto *R = dyn_cast<ReturnStmt>(St))
    return returned(R);
  if (isa<CXXThrowExpr>(St)) {
    emit(OpKind::Throw, St->getSourceRange());
    return;
  }
  if (const auto *Del = dyn_cast<CXXDeleteExpr>(St)) {
    if (!Del->getDestroyedType().isNull())
      destroy(X.target(Del->getArgument()), Del->getDestroyedType(),
              Del->getSourceRange(), 0);
    return;
  }
  if (const auto *Decl = dyn_cast<DeclStmt>(St))
    for (const clang::Decl *One : Decl->decls())
      if (const auto *V = dyn_cast<VarDecl>(One); V && !V->hasGlobalStorage())
        declare(V);
}

// A local lives from here on; members of an aggregate stand for what they are
// initialised with.
void FunctionBuilder::declare(const VarDecl *V) {
  Declared.push_back({S.objectFor(V), Current});
  if (V->getInit() && S.use(V).Assigned)
    store(S.U.Paths.root(S.objectFor(V)), V->getType(), V->getInit(),
          V->getInit()->getSourceRange());
  const auto *List = dyn_cast_or_null<InitListExpr>(
      V->getInit() ? V->getInit()->IgnoreImplicit() : nullptr);
  const CXXRecordDecl *R = List ? V->getType()->getAsCXXRecordDecl() : nullptr;
  if (!R || R->getNumBases())
    return;
  unsigned I = 0;
  for (const FieldDecl *F : R->fields()) {
    if (I == List->getNumInits())
      return;
    follow(S.U.Paths.root(S.objectFor(V)), F, List->getInit(I++));
  }
}

// A reference or pointer member stands for what it is bound to.
void FunctionBuilder::follow(PathId Whole, const FieldDecl *F,
                             const Expr *Init) {
  QualType T = F->getType();
  TypeRole Role = S.Lookup.role(T);
  if (Init)
    store(S.field(Whole, F), T, Init, Init->getSourceRange());
  bool Follows = T->isReferenceType() || T->isPointerType() ||
                 S.Lookup.isHandle(T) || Role == TypeRole::Thread ||
                 Role == TypeRole::Guard || Role == TypeRole::Future ||
                 Role == TypeRole::UniquePointer;
  if (!Follows || !Init)
    return;
  Init = strip(Init);
  PathId From = X.path(Init);
  if (const auto *C = dyn_cast<CXXConstructExpr>(Init);
      C && From == kNone && C->getNumArgs() == 1 &&
      C->getConstructor()->isCopyOrMoveConstructor())
    From = X.path(C->getArg(0));
  PathId To = S.field(Whole, F);
  if (From == kNone || From == To)
    return;
  Op &O = emit(OpKind::Alias, Init->getSourceRange());
  O.Object = To;
  O.Args = {From};
}

const Expr *writtenInit(const CXXCtorInitializer *I) {
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(I->getInit()))
    return Default->getExpr();
  return I->getInit();
}

void FunctionBuilder::constructorInitializer(const CXXCtorInitializer *I) {
  if (I->isMemberInitializer())
    follow(X.thisPath(), I->getMember(), writtenInit(I));
}

void FunctionBuilder::element(const CFGElement &E) {
  if (auto St = E.getAs<CFGStmt>())
    return statement(St->getStmt());
  if (auto I = E.getAs<CFGInitializer>())
    return constructorInitializer(I->getInitializer());
  if (auto A = E.getAs<CFGAutomaticObjDtor>())
    return destroyVariable(
        A->getVarDecl(), A->getTriggerStmt() ? A->getTriggerStmt()->getEndLoc()
                                             : D->getEndLoc());
  if (auto L = E.getAs<CFGLifetimeEnds>())
    return endOfLife(L->getVarDecl(), L->getTriggerStmt()
                                          ? L->getTriggerStmt()->getEndLoc()
                                          : D->getEndLoc());
  if (auto T = E.getAs<CFGTemporaryDtor>()) {
    const CXXBindTemporaryExpr *B = T->getBindTemporaryExpr();
    if (auto It = Temporaries.find(B); It != Temporaries.end())
      destroy(It->second, B->getType(), B->getSourceRange(), 0);
    return;
  }
  if (auto M = E.getAs<CFGMemberDtor>()) {
    const FieldDecl *F = M->getFieldDecl();
    destroy(S.field(X.thisPath(), F), F->getType(), D->getEndLoc(), 0);
  }
}

void FunctionBuilder::build() {
  CFG::BuildOptions Options;
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddInitializers = true;
  Options.AddLifetime = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  Options.AddStaticInitBranches = true;
  Options.PruneTriviallyFalseEdges = true;
  Options.setAlwaysAdd(Stmt::CXXConstructExprClass)
      .setAlwaysAdd(Stmt::CXXTemporaryObjectExprClass)
      .setAlwaysAdd(Stmt::ImplicitCastExprClass)
      .setAlwaysAdd(Stmt::BinaryOperatorClass)
      .setAlwaysAdd(Stmt::CompoundAssignOperatorClass)
      .setAlwaysAdd(Stmt::UnaryOperatorClass)
      .setAlwaysAdd(Stmt::LambdaExprClass)
      .setAlwaysAdd(Stmt::InitListExprClass)
      .setAlwaysAdd(Stmt::AtomicExprClass)
      .setAlwaysAdd(Stmt::CoawaitExprClass)
      .setAlwaysAdd(Stmt::CoyieldExprClass)
      .setAlwaysAdd(Stmt::CallExprClass)
      .setAlwaysAdd(Stmt::CXXMemberCallExprClass)
      .setAlwaysAdd(Stmt::CXXOperatorCallExprClass);
  std::unique_ptr<CFG> Graph = CFG::buildCFG(D, D->getBody(), &S.Ctx, Options);
  if (!Graph || Graph->getNumBlockIDs() > 5000)
    return;
  survey();
  controlFlow(*Graph);
  setStatements();
  setNeeds();
  Function &F = S.U.Functions[Id];
  F.Ops = std::move(Ops);
  F.Blocks = std::move(Blocks);
  F.Loops = std::move(Loops);
  F.Entry = BlockIds.lookup(Graph->getEntry().getBlockID());
  F.Exit = BlockIds.lookup(Graph->getExit().getBlockID());
}

// What a declaration says about guards holds for the object and its parts.
void FunctionBuilder::setNeeds() {
  if (S.DeclaredGuards.empty())
    return;
  for (Op &O : Ops)
    for (PathId At = O.Object; At != kNone; At = S.U.Paths.path(At).Parent)
      if (auto It = S.DeclaredGuards.find(At); It != S.DeclaredGuards.end()) {
        O.Needs = It->second;
        break;
      }
}

void buildFunction(Session &S, FunctionId F) { FunctionBuilder(S, F).build(); }

} // namespace heddle
