// Blocks, branch conditions and loops of a function.
#include "facts/Keys.h"
#include "facts/extract/Builder.h"

#include <algorithm>

using namespace clang;

namespace heddle {

// The operation whose outcome an expression tells.
OpId FunctionBuilder::opBehind(const Expr *E, unsigned Depth) {
  E = strip(E);
  if (!E || Depth > 8)
    return kNone;
  if (auto It = OpOf.find(E); It != OpOf.end())
    return It->second;
  if (const auto *R = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *B = dyn_cast<BindingDecl>(R->getDecl())) {
      const auto *V = dyn_cast_or_null<VarDecl>(B->getDecomposedDecl());
      return V && V->getInit() ? opBehind(V->getInit(), Depth + 1) : kNone;
    }
    const auto *V = dyn_cast<VarDecl>(R->getDecl());
    bool Fixed =
        V && V->getInit() && !isa<ParmVarDecl>(V) && !S.use(V).Assigned;
    return Fixed ? opBehind(V->getInit(), Depth + 1) : kNone;
  }
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return opBehind(M->getBase(), Depth + 1);
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
      C && C->getNumArgs() == 0 && C->getMethodDecl() &&
      C->getMethodDecl()->isConst())
    return opBehind(C->getImplicitObjectArgument(), Depth + 1);
  if (const auto *C = dyn_cast<CXXConstructExpr>(E); C && C->getNumArgs() == 1)
    return opBehind(C->getArg(0), Depth + 1);
  return kNone;
}

static std::optional<llvm::APSInt> numberOf(const Expr *E, ASTContext &Ctx) {
  Expr::EvalResult R;
  if (E->isValueDependent() || !E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(R, Ctx))
    return std::nullopt;
  return R.Val.getInt();
}

static bool isZero(const Expr *E, ASTContext &Ctx) {
  auto N = numberOf(E, Ctx);
  return N && *N == 0;
}

// Brings a comparison into the form ==, < or <=; says whether it was turned.
static BinaryOperatorKind normal(BinaryOperatorKind K, bool &Negated) {
  switch (K) {
  case BO_NE:
    Negated = !Negated;
    return BO_EQ;
  case BO_GE:
    Negated = !Negated;
    return BO_LT;
  case BO_GT:
    Negated = !Negated;
    return BO_LE;
  default:
    return K;
  }
}

CondId FunctionBuilder::condition(const Expr *E, bool &Negated,
                                  std::optional<int64_t> &Case) {
  Condition C;
  C.Function = Id;
  if (E)
    C.Text = std::string(S.U.text(S.range(E->getSourceRange())));
  E = strip(E);
  while (E) {
    const auto *U = dyn_cast<UnaryOperator>(E);
    if (!U || U->getOpcode() != UO_LNot)
      break;
    Negated = !Negated;
    E = strip(U->getSubExpr());
  }
  auto Intern = [&] {
    if (C.K == Condition::Pure)
      for (CondId I = 0; I < S.U.Conditions.size(); ++I)
        if (S.U.Conditions[I].K == Condition::Pure &&
            S.U.Conditions[I].Function == Id && S.U.Conditions[I].Key == C.Key)
          return I;
    S.U.Conditions.push_back(C);
    return CondId(S.U.Conditions.size() - 1);
  };
  if (!E)
    return Intern();
  auto Behind = [&](const Expr *Side) {
    OpId O = opBehind(Side);
    return O != kNone && (Ops[O].Kind != OpKind::Call) ? O : kNone;
  };
  Expr::EvalResult R;
  if (!E->isValueDependent() && E->getType()->isIntegralOrEnumerationType() &&
      E->EvaluateAsInt(R, S.Ctx)) {
    C.K = Condition::Constant;
    C.Value = R.Val.getInt() != 0;
    return Intern();
  }
  const auto *B = dyn_cast<BinaryOperator>(E);
  if (B && B->isComparisonOp()) {
    const Expr *Left = B->getLHS(), *Right = B->getRHS();
    BinaryOperatorKind Sign = B->getOpcode();
    if (numberOf(Left, S.Ctx) && Sign != BO_Cmp) {
      std::swap(Left, Right);
      Sign = BinaryOperator::reverseComparisonOp(Sign);
    }
    if (OpId O = Behind(Left); O != kNone) {
      bool Turned = false;
      BinaryOperatorKind K = normal(Sign, Turned);
      bool Zero = isZero(Right, S.Ctx);
      Expr::EvalResult Number; // R remembers the side effects of E
      if (Ops[O].Kind == OpKind::Select && K == BO_EQ &&
          Right->EvaluateAsInt(Number, S.Ctx)) {
        C.K = Condition::SelectIndex;
        C.Op = O;
        Case = Number.Val.getInt().getExtValue();
        Negated ^= Turned;
        return Intern();
      }
      // A function that gives 0 for success: `== 0` is its success.
      if (Zero && K == BO_EQ) {
        C.K = Condition::OpResult;
        C.Op = O;
        Negated ^= Turned;
        const auto *Models = S.Lookup.call(partsOf(strip(Left)));
        Negated ^= !(Models && Models->ZeroIsSuccess);
        return Intern();
      }
    }
    if (auto K = X.key(E)) {
      bool Turned = false;
      BinaryOperatorKind Kind = normal(Sign, Turned);
      auto LeftKey = X.key(Left), RightKey = X.key(Right);
      if (LeftKey && RightKey) {
        Negated ^= Turned;
        C.Key = LeftKey->Text + " " + BinaryOperator::getOpcodeStr(Kind).str() +
                " " + RightKey->Text;
        C.K = Condition::Pure;
        C.Stable = K->Stable;
        return Intern();
      }
    }
    return Intern();
  }
  if (OpId O = Behind(E); O != kNone) {
    C.K = Ops[O].Kind == OpKind::Select ? Condition::SelectIndex
                                        : Condition::OpResult;
    C.Op = O;
    const auto *Models = S.Lookup.call(partsOf(E));
    if (Models && Models->ZeroIsSuccess)
      Negated = !Negated;
    return Intern();
  }
  if (auto K = X.key(E)) {
    C.K = Condition::Pure;
    C.Key = K->Text;
    C.Stable = K->Stable;
  }
  return Intern();
}

static int64_t caseValue(const CaseStmt *C, ASTContext &Ctx) {
  Expr::EvalResult R;
  return C->getLHS()->EvaluateAsInt(R, Ctx) ? R.Val.getInt().getExtValue() : 0;
}

// What the branch at the end of a block depends on. Behind the destructors of
// temporaries only the terminator knows; of `a && b`, it tests b.
static const Expr *deciderOf(const CFGBlock &B) {
  if (const Expr *Last = B.getLastCondition())
    return Last;
  const Expr *E = dyn_cast_or_null<Expr>(B.getTerminatorCondition());
  while (const auto *Logical = dyn_cast_or_null<BinaryOperator>(strip(E))) {
    if (!Logical->isLogicalOp())
      break;
    E = Logical->getRHS();
  }
  return E;
}

// The expression, and what the local variables that it mentions got.
static void addSources(Session &S, const Stmt *E, std::vector<Range> &Out,
                       unsigned Depth) {
  if (!E || Depth > 2 || Out.size() > 40)
    return;
  Out.push_back(S.range(E->getSourceRange()));
  llvm::SmallVector<const Stmt *, 8> Work{E};
  while (!Work.empty()) {
    const Stmt *At = Work.pop_back_val();
    for (const Stmt *Child : At->children())
      if (Child)
        Work.push_back(Child);
    const auto *R = dyn_cast<DeclRefExpr>(At);
    const auto *V = R ? dyn_cast<VarDecl>(R->getDecl()) : nullptr;
    if (!V || !V->isLocalVarDecl())
      continue;
    addSources(S, V->getInit(), Out, Depth + 1);
    for (const Expr *Value : S.use(V).Values)
      addSources(S, Value, Out, Depth + 1);
  }
}

void FunctionBuilder::successors(const CFGBlock &B, Block &Out) {
  if (B.hasNoReturnElement())
    return;
  const Stmt *Terminator = B.getTerminatorStmt();
  bool Throws = Out.Last > Out.First && Ops[Out.Last - 1].Kind == OpKind::Throw;
  bool Negated = false;
  std::optional<int64_t> Case;
  CondId Cond = kNone;
  const Expr *Decider = nullptr;
  if (B.succ_size() > 1 && Terminator && !isa<CXXTryStmt>(Terminator)) {
    if (const auto *Sw = dyn_cast<SwitchStmt>(Terminator))
      Decider = Sw->getCond();
    else if (!B.getTerminator().isTemporaryDtorsBranch())
      Decider = deciderOf(B);
    Cond = condition(Decider, Negated, Case);
    addSources(S, Decider, Out.Decides, 0);
  }
  unsigned Index = 0;
  for (const CFGBlock::AdjacentBlock &Next : B.succs()) {
    unsigned I = Index++;
    const CFGBlock *To = Next.getReachableBlock();
    if (!To)
      continue;
    Edge E;
    E.To = BlockIds.lookup(To->getBlockID());
    E.Cond = Cond;
    E.Exceptional = Throws || isa_and_nonnull<CXXTryStmt>(Terminator);
    if (Cond == kNone) {
      E.K = Edge::Always;
    } else if (isa<SwitchStmt>(Terminator)) {
      const auto *Label = dyn_cast_or_null<CaseStmt>(To->getLabel());
      E.K = Label ? Edge::Case : Edge::Default;
      for (; Label; Label = dyn_cast<CaseStmt>(Label->getSubStmt()))
        E.Values.push_back(caseValue(Label, S.Ctx));
    } else {
      bool True = (I == 0) != Negated;
      E.K = True ? Edge::IfTrue : Edge::IfFalse;
      if (Case) {
        E.K = True ? Edge::Case : Edge::Default;
        E.Values = {*Case};
      } else if (S.U.Conditions[Cond].K == Condition::SelectIndex) {
        E.K = True ? Edge::Default : Edge::Case;
        E.Values = {0};
      }
    }
    Out.Succs.push_back(std::move(E));
  }
}

void FunctionBuilder::controlFlow(const CFG &Graph) {
  std::vector<const CFGBlock *> Order;
  for (const CFGBlock *B : Graph)
    Order.push_back(B);
  // Entry has the highest number; falling numbers are close to source order.
  std::sort(Order.begin(), Order.end(), [](const auto *A, const auto *B) {
    return A->getBlockID() > B->getBlockID();
  });
  for (const CFGBlock *B : Order)
    BlockIds[B->getBlockID()] = BlockId(BlockIds.size());
  Blocks.resize(Order.size());
  for (size_t I = 0; I < Order.size(); ++I) {
    Current = BlockId(I);
    Blocks[I].First = OpId(Ops.size());
    for (const CFGElement &E : *Order[I])
      element(E);
    if (Order[I] == &Graph.getExit())
      for (const ParmVarDecl *P : D->parameters())
        endOfLife(P, D->getEndLoc());
    if (Order[I]->hasNoReturnElement())
      emit(OpKind::NoReturn, D->getLocation()).Implicit = true;
    Blocks[I].Last = OpId(Ops.size());
  }
  for (size_t I = 0; I < Order.size(); ++I)
    successors(*Order[I], Blocks[I]);
  for (size_t I = 0; I < Order.size(); ++I)
    for (const Edge &E : Blocks[I].Succs)
      Blocks[E.To].Preds.push_back(BlockId(I));
  findLoops(Graph);
  placeObjects();
}

// Immediate dominance as sets: dominates[b] holds every block on all ways to b.
static std::vector<std::vector<bool>> dominators(const std::vector<Block> &Bs,
                                                 BlockId Entry) {
  size_t N = Bs.size();
  std::vector<std::vector<bool>> Dom(N, std::vector<bool>(N, true));
  Dom[Entry].assign(N, false);
  Dom[Entry][Entry] = true;
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (size_t B = 0; B < N; ++B) {
      if (B == Entry || Bs[B].Preds.empty())
        continue;
      std::vector<bool> In(N, true);
      for (BlockId P : Bs[B].Preds)
        for (size_t I = 0; I < N; ++I)
          In[I] = In[I] && Dom[P][I];
      In[B] = true;
      if (In != Dom[B]) {
        Dom[B] = std::move(In);
        Changed = true;
      }
    }
  }
  return Dom;
}

void FunctionBuilder::findLoops(const CFG &Graph) {
  BlockId Entry = BlockIds.lookup(Graph.getEntry().getBlockID());
  if (Blocks.size() > 800)
    return;
  auto Dom = dominators(Blocks, Entry);
  std::map<BlockId, std::set<BlockId>> Bodies;
  for (BlockId B = 0; B < Blocks.size(); ++B)
    for (const Edge &E : Blocks[B].Succs) {
      if (!Dom[B][E.To])
        continue;
      std::set<BlockId> &Body = Bodies[E.To];
      Body.insert(E.To);
      std::vector<BlockId> Work{B};
      while (!Work.empty()) {
        BlockId At = Work.back();
        Work.pop_back();
        if (Body.insert(At).second)
          for (BlockId P : Blocks[At].Preds)
            Work.push_back(P);
      }
    }
  for (auto &[Header, Body] : Bodies) {
    Loop L;
    L.Header = Header;
    L.Blocks.assign(Body.begin(), Body.end());
    Loops.push_back(std::move(L));
  }
  // Outer loops have more blocks; inner ones are set last.
  std::sort(Loops.begin(), Loops.end(), [](const Loop &A, const Loop &B) {
    return A.Blocks.size() > B.Blocks.size();
  });
  for (LoopId I = 0; I < Loops.size(); ++I) {
    Loops[I].Parent = Blocks[Loops[I].Header].Loop;
    for (BlockId B : Loops[I].Blocks)
      Blocks[B].Loop = I;
  }
  for (const CFGBlock *B : Graph) {
    const Stmt *St = B->getTerminatorStmt();
    BlockId Id = BlockIds.lookup(B->getBlockID());
    if (!St || Blocks[Id].Loop == kNone)
      continue;
    if (isa<ForStmt>(St) || isa<CXXForRangeStmt>(St) || isa<WhileStmt>(St) ||
        isa<DoStmt>(St))
      describeLoop(Loops[Blocks[Id].Loop], St);
  }
}

static bool isAggregateClass(QualType T) {
  const auto *R = T->getAsCXXRecordDecl();
  return R && R->isAggregate();
}

// How many elements a braced list, or a variable that holds one for good, has.
std::optional<int64_t> FunctionBuilder::fixedSize(const Expr *E) {
  if (!E)
    return std::nullopt;
  if (const auto *A =
          S.Ctx.getAsConstantArrayType(E->getType().getNonReferenceType()))
    return int64_t(A->getSize().getZExtValue());
  E = strip(E)->IgnoreImplicit();
  if (const auto *L = dyn_cast<CXXStdInitializerListExpr>(E))
    return fixedSize(L->getSubExpr());
  if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
    return fixedSize(M->getSubExpr());
  // Of a class, the list has one entry for each field.
  if (const auto *I = dyn_cast<InitListExpr>(E))
    return isAggregateClass(E->getType())
               ? std::nullopt
               : std::optional<int64_t>(I->getNumInits());
  if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    return C->getNumArgs() && C->isStdInitListInitialization()
               ? fixedSize(C->getArg(0))
               : std::nullopt;
  const auto *D = dyn_cast<DeclRefExpr>(E);
  const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
  if (!V || !V->getInit() || isa<ParmVarDecl>(V) || V->hasGlobalStorage())
    return std::nullopt;
  const auto &Use = S.use(V);
  bool Kept = !Use.Assigned && !Use.Mutated && !Use.ByReference;
  return Kept || V->getType().isConstQualified() ? fixedSize(V->getInit())
                                                 : std::nullopt;
}

// A `for` whose variable goes up by one: from where, and to what.
static const VarDecl *counterOf(const ForStmt *F) {
  const auto *Init = dyn_cast_or_null<DeclStmt>(F->getInit());
  const auto *V = Init && Init->isSingleDecl()
                      ? dyn_cast<VarDecl>(Init->getSingleDecl())
                      : nullptr;
  if (!V || !V->getInit() || !F->getInc() || !F->getCond())
    return nullptr;
  const Expr *Inc = strip(F->getInc());
  if (const auto *U = dyn_cast<UnaryOperator>(Inc))
    return U->isIncrementOp() ? V : nullptr;
  const auto *B = dyn_cast<BinaryOperator>(Inc);
  const auto *By = B && B->getOpcode() == BO_AddAssign
                       ? dyn_cast<IntegerLiteral>(strip(B->getRHS()))
                       : nullptr;
  return By && By->getValue() == 1 ? V : nullptr;
}

// To - From + Extra, where that is a constant or To itself or To plus or minus
// a constant, written as an expression for it would be.
static Amount distance(const Amount &From, const Amount &To, int64_t Extra) {
  if (From.K != Amount::Constant)
    return {};
  int64_t More = Extra - From.Value;
  if (To.K == Amount::Constant)
    return Amount::of(std::max<int64_t>(0, To.Value + More));
  Amount A = To;
  if (To.K == Amount::Symbolic && More)
    A.Key = "(" + To.Key + (More > 0 ? " + " : " - ") +
            std::to_string(std::abs(More)) + ")";
  return A;
}

void FunctionBuilder::describeLoop(Loop &L, const Stmt *St) {
  L.Where = S.range(St->getSourceRange());
  if (const auto *R = dyn_cast<CXXForRangeStmt>(St))
    return describeRange(L, R);
  const auto *F = dyn_cast<ForStmt>(St);
  const VarDecl *V = F ? counterOf(F) : nullptr;
  const auto *Cond =
      V ? dyn_cast<BinaryOperator>(strip(F->getCond())) : nullptr;
  const auto *Left =
      Cond ? dyn_cast<DeclRefExpr>(strip(Cond->getLHS())) : nullptr;
  if (!Left || Left->getDecl() != V)
    return;
  L.Counter = S.objectFor(V);
  bool Below = Cond->getOpcode() == BO_LT || Cond->getOpcode() == BO_NE;
  if (Below || Cond->getOpcode() == BO_LE)
    L.Bound = distance(X.amount(V->getInit()), X.amount(Cond->getRHS()),
                       Below ? 0 : 1);
}

void FunctionBuilder::describeRange(Loop &L, const CXXForRangeStmt *R) {
  const Expr *Over = R->getRangeInit();
  L.Over = X.path(Over);
  if (auto Size = fixedSize(Over)) {
    L.Bound = Amount::of(*Size);
  } else if (L.Over != kNone &&
             S.Lookup.role(Over->getType().getNonReferenceType()) ==
                 TypeRole::Container) {
    L.Bound.K = Amount::Symbolic;
    L.Bound.Key = S.U.Paths.spell(L.Over) + mark(L.Over) + ".size()";
  }
}

void FunctionBuilder::placeObjects() {
  for (auto [Object, Block] : Declared)
    S.U.Paths.object(Object).Loop = Blocks[Block].Loop;
}

} // namespace heddle
