// Lookup of models for types and calls.
#include "facts/extract/Names.h"

#include <algorithm>

using namespace clang;

namespace heddle {

static std::string lastName(const NamedDecl *D) {
  if (const auto *C = dyn_cast<CXXConstructorDecl>(D))
    return C->getParent()->getNameAsString();
  if (const auto *C = dyn_cast<CXXConversionDecl>(D)) {
    QualType T = C->getConversionType();
    if (const auto *R = T->getAsCXXRecordDecl())
      return "operator " + R->getNameAsString();
    // What it converts to is written differently by each instantiation.
    if (!T->isBooleanType())
      return "operator T";
  }
  return D->getNameAsString();
}

std::string qualifiedName(const NamedDecl *D) {
  std::string Name = lastName(D);
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent()) {
    if (const auto *N = dyn_cast<NamespaceDecl>(C)) {
      if (!N->isInline() && !N->isAnonymousNamespace())
        Name = N->getName().str() + "::" + Name;
    } else if (const auto *R = dyn_cast<RecordDecl>(C)) {
      Name = R->getName().str() + "::" + Name;
    }
  }
  return Name;
}

const Expr *strip(const Expr *E) {
  for (;;) {
    if (!E)
      return nullptr;
    const Expr *Next = E->IgnoreParenCasts();
    if (const auto *C = dyn_cast<ExprWithCleanups>(Next))
      Next = C->getSubExpr();
    else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(Next))
      Next = M->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(Next))
      Next = B->getSubExpr();
    else if (const auto *D = dyn_cast<CXXDefaultArgExpr>(Next))
      Next = D->getExpr();
    else if (const auto *C = dyn_cast<ConstantExpr>(Next))
      Next = C->getSubExpr();
    else if (const auto *C = dyn_cast<CXXConstructExpr>(Next);
             C && C->isElidable() && C->getNumArgs() == 1)
      Next = C->getArg(0);
    else if (const auto *L = dyn_cast<InitListExpr>(Next);
             L && L->getNumInits() == 1 && L->isTransparent())
      Next = L->getInit(0);
    if (Next == E)
      return E;
    E = Next;
  }
}

CallParts partsOf(const Expr *E) {
  CallParts P;
  P.Whole = E;
  auto Take = [&](auto *Call, unsigned From) {
    for (unsigned I = From; I < Call->getNumArgs(); ++I)
      if (!isa<CXXDefaultArgExpr>(Call->getArg(I)))
        P.Args.push_back(Call->getArg(I));
  };
  if (const auto *C = dyn_cast<CXXConstructExpr>(E)) {
    P.Callee = C->getConstructor();
    Take(C, 0);
  } else if (const auto *M = dyn_cast<CXXMemberCallExpr>(E)) {
    P.Callee = M->getMethodDecl();
    P.Object = M->getImplicitObjectArgument();
    Take(M, 0);
  } else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E)) {
    P.Callee = O->getDirectCallee();
    bool Method = P.Callee && isa<CXXMethodDecl>(P.Callee) &&
                  !cast<CXXMethodDecl>(P.Callee)->isStatic();
    if (Method && O->getNumArgs())
      P.Object = O->getArg(0);
    Take(O, Method ? 1 : 0);
  } else if (const auto *C = dyn_cast<CallExpr>(E)) {
    P.Callee = C->getDirectCallee();
    Take(C, 0);
  }
  return P;
}

static const CXXRecordDecl *recordOf(QualType T) {
  if (T.isNull())
    return nullptr;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  return T->getAsCXXRecordDecl();
}

const TypeModel *Names::record(const CXXRecordDecl *R) {
  if (!R)
    return nullptr;
  R = R->getCanonicalDecl();
  auto [It, New] = Records.try_emplace(R, nullptr);
  if (!New)
    return It->second;
  const TypeModel *M =
      R->getIdentifier() ? Models.type(qualifiedName(R)) : nullptr;
  if (const CXXRecordDecl *Def = R->getDefinition(); !M && Def)
    for (const CXXBaseSpecifier &B : Def->bases())
      if (!M)
        M = record(B.getType()->getAsCXXRecordDecl());
  Records[R] = M;
  return M;
}

const TypeModel *Names::type(QualType T) {
  if (T.isNull())
    return nullptr;
  T = T.getNonReferenceType().getUnqualifiedType();
  // C names its types by typedef: pthread_mutex_t.
  for (QualType Alias = T;;) {
    if (const auto *D = Alias->getAs<TypedefType>()) {
      if (!D->getDecl()->getDeclContext()->isRecord())
        if (const TypeModel *M = Models.type(qualifiedName(D->getDecl())))
          return M;
      Alias = D->getDecl()->getUnderlyingType();
      continue;
    }
    break;
  }
  return record(T->getAsCXXRecordDecl());
}

TypeRole Names::role(QualType T) {
  if (const TypeModel *M = type(T))
    return M->Role;
  if (!T.isNull() && T.getNonReferenceType()->isPointerType())
    return TypeRole::Pointer;
  if (const CXXRecordDecl *R =
          T.isNull() ? nullptr : T.getNonReferenceType()->getAsCXXRecordDecl();
      R && R->isLambda())
    return TypeRole::Callable;
  return TypeRole::Plain;
}

bool Names::isHandle(QualType T) {
  const TypeModel *M = type(T);
  return M && M->Handle;
}

QualType Names::elementOf(QualType T) {
  const TypeModel *M = type(T);
  const CXXRecordDecl *R = recordOf(T);
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
  if (!M || M->Role != TypeRole::Container || !S ||
      S->getTemplateArgs().size() == 0 ||
      S->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return {};
  return S->getTemplateArgs()[0].getAsType();
}

static bool typeMatches(const std::string &Pattern, const Expr *Arg) {
  if (Pattern == "_")
    return true;
  QualType T = Arg->getType().getNonReferenceType().getUnqualifiedType();
  if (const TagDecl *D = T->getAsTagDecl())
    return qualifiedName(D) == Pattern;
  if (T->isNullPtrType())
    return Pattern == "std::nullptr_t";
  return T.getCanonicalType().getAsString() == Pattern;
}

static bool paramsMatch(const FunctionModel &M, ArrayRef<const Expr *> Args) {
  size_t I = 0;
  for (const std::string &Pattern : M.Params) {
    if (Pattern == "...")
      return true;
    if (I == Args.size() || !typeMatches(Pattern, Args[I]))
      return false;
    ++I;
  }
  return I == Args.size();
}

const FunctionModel *Names::choose(const std::vector<FunctionModel> *All,
                                   ArrayRef<const Expr *> Args) {
  if (!All)
    return nullptr;
  for (const FunctionModel &M : llvm::reverse(*All))
    if (!M.HasParams || paramsMatch(M, Args))
      return &M;
  return nullptr;
}

const std::vector<FunctionModel> *Names::inherited(const CXXRecordDecl *R,
                                                   const std::string &Last) {
  if (!R)
    return nullptr;
  if (R->getIdentifier())
    if (const auto *All = Models.functions(qualifiedName(R) + "::" + Last))
      return All;
  if (const CXXRecordDecl *Def = R->getDefinition())
    for (const CXXBaseSpecifier &B : Def->bases())
      if (const auto *All = inherited(B.getType()->getAsCXXRecordDecl(), Last))
        return All;
  return nullptr;
}

const std::vector<FunctionModel> *Names::candidates(const FunctionDecl *F,
                                                    const CXXRecordDecl *R) {
  F = F->getCanonicalDecl();
  auto [It, New] = Functions.try_emplace({F, R}, nullptr);
  if (!New)
    return It->second;
  std::string Last = lastName(F);
  const std::vector<FunctionModel> *All = nullptr;
  if (Models.knowsLast(Last)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    if (!Method)
      All = Models.functions(qualifiedName(F));
    else if (isa<CXXConstructorDecl>(F))
      All = Models.functions(qualifiedName(F));
    else if (!(All = inherited(R, Last)))
      All = inherited(Method->getParent(), Last);
  }
  Functions[{F, R}] = All;
  return All;
}

std::string Names::closerOf(QualType T) {
  const CXXRecordDecl *R = recordOf(T);
  R = R ? R->getDefinition() : nullptr;
  if (!R)
    return {};
  for (const CXXMethodDecl *M : R->methods())
    if (const FunctionModel *Found =
            M->getIdentifier() ? choose(candidates(M, R), {}) : nullptr;
        Found && Found->What == Effect::Close)
      return M->getNameAsString();
  return {};
}

const FunctionModel *Names::containerMethod(const CallParts &P) {
  const TypeModel *T = P.Object ? type(P.Object->getType()) : nullptr;
  if (!T && P.Object && P.Object->getType()->isPointerType())
    T = type(P.Object->getType()->getPointeeType());
  if (!T || T->Role != TypeRole::Container)
    return nullptr;
  std::string Last = lastName(P.Callee);
  auto Has = [&](const std::vector<std::string> &List) {
    return std::find(List.begin(), List.end(), Last) != List.end();
  };
  FunctionModel M;
  if (Has(T->Write))
    M.What = Effect::ContainerWrite;
  else if (Has(T->Read))
    M.What = Effect::ContainerRead;
  else if (Has(T->Iterate))
    M.What = Effect::ContainerIterate;
  else
    return nullptr;
  M.Name = T->Name + "::" + Last;
  M.Object.K = ArgRef::This;
  M.ReturnsElement = Has(T->Elements);
  M.MakesElement = Has(T->Constructs);
  M.Decides = Has(T->Decides);
  return &Methods.try_emplace({T, Last}, M).first->second;
}

const FunctionModel *Names::call(const CallParts &P) {
  if (!P.Callee)
    return nullptr;
  const CXXRecordDecl *R = P.Object ? recordOf(P.Object->getType()) : nullptr;
  if (const FunctionModel *M = choose(candidates(P.Callee, R), P.Args))
    return M;
  if (P.Object)
    return containerMethod(P);
  return nullptr;
}

bool Names::isDefaultCase(const NamedDecl *D) const {
  const auto *All = Models.functions(qualifiedName(D));
  return All && !All->empty() && All->back().What == Effect::CaseDefault;
}

const FunctionModel *Names::construction(QualType T,
                                         ArrayRef<const Expr *> Args) {
  const CXXRecordDecl *R = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  if (!R || !R->getIdentifier() || !Models.knowsLast(R->getName()))
    return nullptr;
  return choose(Models.functions(qualifiedName(R) + "::" + R->getName().str()),
                Args);
}

} // namespace heddle
