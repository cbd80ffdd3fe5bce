// Chooses what to extract, extracts it, and completes the unit.
#include "facts/extract/Extract.h"

#include "facts/Scope.h"
#include "facts/extract/Session.h"
#include "facts/summary/Summary.h"

#include "llvm/Support/Path.h"

using namespace clang;

namespace heddle {
namespace {

// Walks user code for calls and constructions that a model calls concurrent.
class CallVisitor : public RecursiveASTVisitor<CallVisitor> {
public:
  explicit CallVisitor(Session &S) : S(S) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return false; }

  bool VisitCallExpr(CallExpr *C) { return visit(C); }
  bool VisitCXXConstructExpr(CXXConstructExpr *C) { return visit(C); }
  bool VisitMemberExpr(MemberExpr *M) {
    Concurrent |= M->getMemberDecl()->hasAttr<GuardedByAttr>();
    Volatile |= M->getMemberDecl()->getType().isVolatileQualified();
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *D) {
    const auto *V = dyn_cast<VarDecl>(D->getDecl());
    if (!V || !V->hasGlobalStorage() || V->getType().isConstQualified() ||
        !S.isUserCode(V->getLocation()))
      return true;
    Volatile |= V->getType().isVolatileQualified();
    Globals.push_back(V->getCanonicalDecl());
    return true;
  }

  bool Concurrent = false, Volatile = false;
  std::vector<const VarDecl *> Globals;
  std::vector<const FunctionDecl *> Callees;

private:
  static bool isConcurrent(Effect E) {
    switch (E) {
    case Effect::None:
    case Effect::ContainerRead:
    case Effect::ContainerWrite:
    case Effect::ContainerIterate:
    case Effect::Identity:
    case Effect::Element:
    case Effect::Member:
    case Effect::Output:
    case Effect::Pure:
    case Effect::NoReturn:
    case Effect::Calls:
    case Effect::Sleep:
    case Effect::Blocks:
    case Effect::AtomicRead:
    case Effect::AtomicUpdate:
    case Effect::Bind:
    case Effect::Construct:
      return false;
    default:
      return true;
    }
  }
  bool visit(const Expr *E) {
    if (E->isTypeDependent() || E->isValueDependent())
      return true;
    CallParts P = partsOf(E);
    if (!P.Callee)
      return true;
    const FunctionModel *M = S.Lookup.call(P);
    if (M && (isConcurrent(M->What) || makesConcurrent(*M, P)))
      Concurrent = true;
    if (!M)
      Callees.push_back(P.Callee);
    return true;
  }
  bool makesConcurrent(const FunctionModel &M, const CallParts &P) {
    if (!M.MakesElement || !P.Object)
      return M.What == Effect::Construct;
    TypeRole R = S.Lookup.role(S.Lookup.elementOf(P.Object->getType()));
    return R == TypeRole::Thread || R == TypeRole::Guard;
  }

  Session &S;
};

struct Reach {
  bool Concurrent = false, Volatile = false;
  std::vector<const VarDecl *> Globals;
  std::vector<const FunctionDecl *> Callees;
};

} // namespace

static void collect(Decl *D, std::vector<const FunctionDecl *> &Out);

static void collectTemplate(FunctionTemplateDecl *T,
                            std::vector<const FunctionDecl *> &Out) {
  for (FunctionDecl *F : T->specializations())
    collect(F, Out);
}

static void collect(Decl *D, std::vector<const FunctionDecl *> &Out) {
  if (auto *T = dyn_cast<FunctionTemplateDecl>(D))
    return collectTemplate(T, Out);
  if (auto *T = dyn_cast<ClassTemplateDecl>(D)) {
    for (ClassTemplateSpecializationDecl *C : T->specializations())
      collect(C, Out);
    return;
  }
  if (auto *F = dyn_cast<FunctionDecl>(D)) {
    if (F->doesThisDeclarationHaveABody() && !F->isDependentContext() &&
        !F->isInvalidDecl())
      Out.push_back(F);
    return;
  }
  if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D) ||
      (isa<CXXRecordDecl>(D) && !cast<CXXRecordDecl>(D)->isDependentContext()))
    for (Decl *Child : cast<DeclContext>(D)->decls())
      collect(Child, Out);
}

namespace {

// Functions without concurrency of their own that use what others guard: the
// methods of a class with a lock, those that name a global of the others.
class Siblings {
public:
  explicit Siblings(Session &S) : S(S) {}

  void add(const FunctionDecl *F, const Reach &R) {
    Any = true;
    if (const CXXRecordDecl *Class = classOf(F); Class && hasLock(Class))
      Classes.insert(Class);
    Globals.insert(R.Globals.begin(), R.Globals.end());
  }
  bool has(const FunctionDecl *F, const Reach &R) const {
    return (Any && R.Volatile) || Classes.contains(classOf(F)) ||
           std::any_of(R.Globals.begin(), R.Globals.end(),
                       [&](const VarDecl *V) { return Globals.contains(V); });
  }

private:
  static const CXXRecordDecl *classOf(const FunctionDecl *F) {
    const auto *M = dyn_cast<CXXMethodDecl>(F);
    return M ? M->getParent()->getCanonicalDecl() : nullptr;
  }
  bool hasLock(const CXXRecordDecl *R) {
    const CXXRecordDecl *Def = R->getDefinition();
    return Def && std::any_of(Def->field_begin(), Def->field_end(),
                              [&](const FieldDecl *F) {
                                TypeRole Role = S.Lookup.role(F->getType());
                                return Role == TypeRole::Mutex ||
                                       Role == TypeRole::RWMutex ||
                                       Role == TypeRole::RecursiveMutex;
                              });
  }

  Session &S;
  bool Any = false;
  llvm::DenseSet<const CXXRecordDecl *> Classes;
  llvm::DenseSet<const VarDecl *> Globals;
};

} // namespace

static const Reach &reachOf(Session &S, const FunctionDecl *F,
                            std::map<const FunctionDecl *, Reach> &Known) {
  auto [It, New] = Known.try_emplace(F);
  if (!New)
    return It->second;
  CallVisitor V(S);
  V.TraverseStmt(F->getBody());
  if (const auto *C = dyn_cast<CXXConstructorDecl>(F))
    for (const CXXCtorInitializer *I : C->inits())
      if (I->getInit())
        V.TraverseStmt(I->getInit());
  It->second.Concurrent = V.Concurrent;
  It->second.Volatile = V.Volatile;
  It->second.Globals = std::move(V.Globals);
  for (const FunctionDecl *Callee : V.Callees) {
    const FunctionDecl *Def = nullptr;
    if (Callee->hasBody(Def) && Def && !Def->isDependentContext() &&
        S.isUserCode(Def->getLocation()))
      It->second.Callees.push_back(Def);
  }
  return It->second;
}

MainFunctions mainFunctions(Session &S, ArrayRef<Decl *> Decls) {
  std::vector<const FunctionDecl *> Main, Order;
  for (Decl *D : Decls)
    collect(D, Main);
  std::map<const FunctionDecl *, Reach> Known;
  std::map<const FunctionDecl *, std::vector<const FunctionDecl *>> Callers;
  Order = Main;
  for (size_t I = 0; I < Order.size() && I < 20000; ++I) {
    bool Seen = Known.count(Order[I]);
    for (const FunctionDecl *C : reachOf(S, Order[I], Known).Callees)
      if (!Seen) {
        Callers[C].push_back(Order[I]);
        Order.push_back(C);
      }
  }
  llvm::DenseSet<const FunctionDecl *> Relevant;
  std::vector<const FunctionDecl *> Work;
  for (auto &[F, R] : Known)
    if (R.Concurrent)
      Work.push_back(F);
  while (!Work.empty()) {
    const FunctionDecl *F = Work.back();
    Work.pop_back();
    if (!Relevant.insert(F).second)
      continue;
    for (const FunctionDecl *Caller : Callers[F])
      Work.push_back(Caller);
  }
  Siblings Shared(S);
  for (const FunctionDecl *F : Relevant)
    Shared.add(F, Known[F]);
  MainFunctions Out;
  for (const FunctionDecl *F : Main)
    (Relevant.contains(F) || Shared.has(F, Known[F]) ? Out.Relevant
                                                     : Out.Others)
        .push_back(F);
  return Out;
}

Extractor::Extractor(ASTContext &Ctx, ArrayRef<Decl *> Decls,
                     const ModelSet &Models)
    : S(std::make_unique<Session>(Ctx, Models, X)),
      Functions(std::make_unique<MainFunctions>(mainFunctions(*S, Decls))) {}

Extractor::~Extractor() = default;

void Extractor::extract(ArrayRef<const FunctionDecl *> Functions) {
  for (const FunctionDecl *F : Functions)
    S->functionFor(F);
  for (FunctionId F = S->takePending(); F != kNone; F = S->takePending())
    buildFunction(*S, F);
}

const Extraction &Extractor::relevant() {
  extract(Functions->Relevant);
  spreadConcurrency(X.Facts);
  return X;
}

std::string Extractor::absolutePath(const SourceManager &SM,
                                    llvm::StringRef Path) {
  llvm::SmallString<256> Full(Path);
  SM.getFileManager().makeAbsolutePath(Full);
  llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  return Full.str().str();
}

std::string Extractor::summarize(const std::vector<Finding> &Told) {
  extract(Functions->Relevant);
  extract(Functions->Others);
  Unit &U = X.Facts;
  std::vector<ToldFinding> All;
  for (const Finding &F : Told)
    All.push_back({F.CheckId, absolutePath(S->SM, F.Where.File), F.Where.Line,
                   F.Where.Column});
  for (SourceFile &F : U.Files)
    F.Path = absolutePath(S->SM, F.Path);
  U.MainFile = U.Files[0].Path;
  return writeSummary(U, All);
}

} // namespace heddle
