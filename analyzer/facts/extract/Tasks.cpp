// What runs when an expression is called.
#include "facts/extract/Expressions.h"

using namespace clang;

namespace heddle {

Task Expressions::task(const Expr *E) {
  Task T;
  E = strip(E);
  if (!E || Depth >= kMaxDepth)
    return T;
  ++Depth;
  struct Leave {
    unsigned &D;
    ~Leave() { --D; }
  } Guard{Depth};
  if (const auto *L = dyn_cast<LambdaExpr>(E)) {
    T.Body = S.callOperator(L->getLambdaClass());
    T.Name = "lambda";
    return T;
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && U->getOpcode() == UO_AddrOf)
    return task(U->getSubExpr());
  if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Fn = dyn_cast<FunctionDecl>(D->getDecl())) {
      const auto *M = dyn_cast<CXXMethodDecl>(Fn);
      T.Body = S.functionFor(Fn);
      if (T.Body == kNone && !(M && M->isVirtual()))
        T.Declared = Fn;
      T.Name = Fn->getNameAsString();
      T.Method = M && !M->isStatic();
      return T;
    }
  }
  if (const auto *R = E->getType()->getAsCXXRecordDecl();
      R && (R->isLambda() || S.Lookup.role(E->getType()) == TypeRole::Plain)) {
    T.Body = S.callOperator(R);
    T.Name = R->isLambda() ? "lambda" : R->getNameAsString();
    if (!R->isLambda())
      T.This = path(E);
    if (T.Body != kNone)
      return T;
  }
  if (const auto *C = dyn_cast<CallExpr>(E)) {
    CallParts P = partsOf(C);
    const FunctionModel *M = S.Lookup.call(P);
    if (M && M->What == Effect::Identity && !P.Args.empty())
      return task(P.Args[0]);
    if (M && M->What == Effect::Bind && !P.Args.empty()) {
      T = task(P.Args[0]);
      size_t From = 1;
      if (T.Method && P.Args.size() > 1) {
        T.This = target(P.Args[1]);
        From = 2;
      }
      for (size_t I = From; I < P.Args.size(); ++I)
        T.Args.push_back(path(P.Args[I]));
      return T;
    }
  }
  if (const auto *C = dyn_cast<CXXConstructExpr>(E); C && C->getNumArgs() >= 1)
    return task(C->getArg(0));
  if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(D->getDecl());
    if (V && V->getInit() && !isa<ParmVarDecl>(V) && !S.use(V).Assigned) {
      T = task(V->getInit());
      if (T.Body != kNone)
        return T;
    }
    T.Value = path(E);
    T.Name = D->getNameInfo().getAsString();
  }
  return T;
}

} // namespace heddle
