// Expressions as canonical text, and how many they say.
#include "facts/Keys.h"
#include "facts/extract/Expressions.h"

using namespace clang;

namespace heddle {

bool Expressions::isStable(PathId P) {
  for (PathId At = P; At != kNone; At = S.U.Paths.path(At).Parent)
    if (S.U.Paths.path(At).Kind != StepKind::Root)
      return false;
  const Object &O = S.U.Paths.rootObject(P);
  if (O.K == Object::Global || O.K == Object::StaticLocal)
    return O.Const;
  return !O.Assigned;
}

static const char *comparison(BinaryOperatorKind K) {
  switch (K) {
  case BO_LT:
    return " < ";
  case BO_GT:
    return " > ";
  case BO_LE:
    return " <= ";
  case BO_GE:
    return " >= ";
  case BO_EQ:
    return " == ";
  case BO_NE:
    return " != ";
  case BO_Add:
    return " + ";
  case BO_Sub:
    return " - ";
  case BO_Mul:
    return " * ";
  case BO_Div:
    return " / ";
  case BO_Rem:
    return " % ";
  case BO_And:
    return " & ";
  case BO_Or:
    return " | ";
  case BO_LAnd:
    return " && ";
  case BO_LOr:
    return " || ";
  default:
    return nullptr;
  }
}

std::optional<Key> Expressions::key(const Expr *E) {
  E = strip(E);
  if (!E || E->isValueDependent() || Depth >= kMaxDepth)
    return std::nullopt;
  Expr::EvalResult R;
  if (E->getType()->isIntegralOrEnumerationType() && E->EvaluateAsInt(R, S.Ctx))
    return Key{llvm::toString(R.Val.getInt(), 10), true};
  if (isa<CXXNullPtrLiteralExpr>(E))
    return Key{"nullptr", true};
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    const char *Sign = comparison(B->getOpcode());
    auto L = Sign ? key(B->getLHS()) : std::nullopt;
    auto Right = L ? key(B->getRHS()) : std::nullopt;
    if (!Right)
      return std::nullopt;
    return Key{"(" + L->Text + Sign + Right->Text + ")",
               L->Stable && Right->Stable};
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    bool Plain = U->getOpcode() == UO_Minus || U->getOpcode() == UO_LNot;
    auto Sub = Plain ? key(U->getSubExpr()) : std::nullopt;
    if (Sub)
      return Key{(U->getOpcode() == UO_Minus ? "-" : "!") + Sub->Text,
                 Sub->Stable};
  }
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *M = C->getMethodDecl();
    PathId P = M && M->isConst() && C->getNumArgs() == 0
                   ? target(C->getImplicitObjectArgument())
                   : kNone;
    if (P == kNone ||
        S.Lookup.role(C->getImplicitObjectArgument()->getType()) ==
            TypeRole::Atomic)
      return std::nullopt;
    const auto *V =
        dyn_cast<DeclRefExpr>(strip(C->getImplicitObjectArgument()));
    const auto *D = V ? dyn_cast<VarDecl>(V->getDecl()) : nullptr;
    bool Same = isStable(P) && (!D || !S.use(D).Mutated);
    return Key{S.U.Paths.spell(P) + mark(P) + "." + M->getNameAsString() + "()",
               Same};
  }
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
  bool Element = Operator && Operator->getOperator() == OO_Subscript &&
                 !S.Lookup.call(partsOf(E));
  if ((isa<CallExpr>(E) && !Element) || isa<CXXConstructExpr>(E))
    return std::nullopt;
  PathId P = path(E);
  if (P == kNone || E->getType().isVolatileQualified())
    return std::nullopt;
  return Key{S.U.Paths.spell(P) + mark(P), isStable(P)};
}

Amount Expressions::amount(const Expr *E) {
  Amount A;
  if (!E || E->isValueDependent())
    return A;
  if (E->getType()->isPointerType() &&
      E->isNullPointerConstant(S.Ctx, Expr::NPC_ValueDependentIsNotNull))
    return Amount::of(0);
  Expr::EvalResult R;
  if (E->getType()->isIntegralOrEnumerationType() &&
      E->EvaluateAsInt(R, S.Ctx) && R.Val.getInt().getSignificantBits() <= 63)
    return Amount::of(R.Val.getInt().getExtValue());
  auto K = key(E);
  // A variable with a constant initialiser that nobody changes.
  if (K && K->Stable) {
    const auto *D = dyn_cast<DeclRefExpr>(strip(E));
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    if (V && V->getInit() && !isa<ParmVarDecl>(V) && !S.use(V).Assigned &&
        !V->getInit()->isValueDependent() &&
        V->getInit()->EvaluateAsInt(R, S.Ctx) &&
        R.Val.getInt().getSignificantBits() <= 63)
      return Amount::of(R.Val.getInt().getExtValue());
    A.K = Amount::Symbolic;
    A.Key = K->Text;
  }
  return A;
}

} // namespace heddle
