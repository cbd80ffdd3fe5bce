// Values of several words whose types' methods read and write them as a whole:
// shared pointers, callables, views, variants.
#include "facts/extract/Builder.h"

#include <algorithm>

using namespace clang;

namespace heddle {

void FunctionBuilder::accessValue(const Expr *E, bool Writes,
                                  SourceRange Where) {
  QualType T = E->getType();
  PathId P = T->isPointerType() ? S.deref(X.path(E), T->getPointeeType())
                                : X.storage(E);
  if (!isReachable(P))
    return;
  // A parameter by value is a copy, whatever it shares with its source.
  const Object &O = S.U.Paths.rootObject(P);
  if (O.K == Object::Param && !O.Reference &&
      S.U.Paths.path(P).Kind == StepKind::Root)
    return;
  Op &A = emit(Writes ? OpKind::Write : OpKind::Read, Where);
  A.Object = P;
  A.Wide = true;
}

// A method uses its object; a function of a library reads what it is given to
// look at.
void FunctionBuilder::useValues(const CallParts &P, const FunctionModel *M) {
  if (!P.Callee)
    return;
  SourceRange Where = P.Whole->getSourceRange();
  if (P.Object) {
    // The object itself, not the base class that has the method.
    QualType T = strip(P.Object)->getType();
    const TypeModel *Type =
        S.Lookup.type(T->isPointerType() ? T->getPointeeType() : T);
    if (Type && Type->Whole)
      accessValue(strip(P.Object),
                  std::find(Type->Write.begin(), Type->Write.end(),
                            P.Callee->getNameAsString()) != Type->Write.end(),
                  Where);
  }
  bool Looks =
      M ? M->What == Effect::Pure : !S.isUserCode(P.Callee->getLocation());
  if (!Looks)
    return;
  for (size_t I = 0; I < P.Args.size() && I < P.Callee->getNumParams(); ++I) {
    QualType T = P.Callee->getParamDecl(I)->getType();
    bool Reads = M || T.getNonReferenceType().isConstQualified();
    if (T->isLValueReferenceType() && Reads &&
        S.Lookup.isWhole(P.Args[I]->getType()) && P.Args[I]->isLValue())
      accessValue(P.Args[I], false, Where);
  }
}

} // namespace heddle
