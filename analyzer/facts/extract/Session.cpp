// Registration of functions, objects and files.
#include "facts/extract/Session.h"

#include "facts/extract/Expressions.h"

using namespace clang;

namespace heddle {

Session::Session(ASTContext &Ctx, const ModelSet &Models, Extraction &X)
    : Ctx(Ctx), SM(Ctx.getSourceManager()), Lookup(Models), X(X), U(X.Facts) {
  fileFor(SM.getMainFileID());
  U.MainFile = U.Files[0].Path;
  if (const LangOptions &L = Ctx.getLangOpts(); L.CPlusPlus)
    U.Standard = L.CPlusPlus23   ? 23
                 : L.CPlusPlus20 ? 20
                 : L.CPlusPlus17 ? 17
                                 : 11;
}

uint32_t Session::fileFor(FileID Id) {
  auto [It, New] = Files.try_emplace(Id, uint32_t(U.Files.size()));
  if (New) {
    SourceFile F;
    F.Path = SM.getFilename(SM.getLocForStartOfFile(Id)).str();
    llvm::StringRef Text = SM.getBufferData(Id);
    F.Text = std::string_view(Text.data(), Text.size());
    U.Files.push_back(std::move(F));
    X.FileIds.push_back(Id);
  }
  return It->second;
}

Range Session::range(SourceRange R) {
  Range Out;
  if (R.isInvalid())
    return Out;
  Out.InMacro = R.getBegin().isMacroID() || R.getEnd().isMacroID();
  SourceLocation B = SM.getFileLoc(R.getBegin());
  SourceLocation Last = SM.getFileLoc(R.getEnd());
  SourceLocation E = Lexer::getLocForEndOfToken(Last, 0, SM, Ctx.getLangOpts());
  if (E.isInvalid() || SM.getFileID(B) != SM.getFileID(E) ||
      SM.getFileOffset(E) < SM.getFileOffset(B))
    E = B;
  Out.File = fileFor(SM.getFileID(B));
  Out.Begin = SM.getFileOffset(B);
  Out.End = SM.getFileOffset(E);
  Out.Line = SM.getSpellingLineNumber(B);
  Out.Col = SM.getSpellingColumnNumber(B);
  Out.EndLine = SM.getSpellingLineNumber(E);
  Out.EndCol = SM.getSpellingColumnNumber(E);
  return Out;
}

bool Session::isUserCode(SourceLocation L) const {
  return L.isValid() && !SM.isInSystemHeader(SM.getExpansionLoc(L));
}

std::string Session::typeName(QualType T) const {
  PrintingPolicy P(Ctx.getLangOpts());
  P.SuppressTagKeyword = true;
  P.SuppressDefaultTemplateArgs = true;
  return T.getNonReferenceType().getUnqualifiedType().getAsString(P);
}

void Session::applyType(Object &O, QualType T) {
  O.Type = typeName(T);
  O.Role = Lookup.role(T);
  O.Handle = Lookup.isHandle(T);
  O.Reference = T->isReferenceType();
  O.Const = T.getNonReferenceType().isConstQualified();
}

// What makes it the same object for all files.
static void setLinkage(Object &O, const VarDecl *V) {
  llvm::SmallString<128> Usr;
  if (!V->hasGlobalStorage() || index::generateUSRForDecl(V, Usr))
    return;
  O.Usr = Usr.str().str();
  // Static locals of one line, such as those a macro makes.
  if (V->isStaticLocal())
    O.Usr += "@" + V->getNameAsString();
  O.External = V->isExternallyVisible();
  for (const VarDecl *D : V->redecls()) {
    O.Defined |= D->isThisDeclarationADefinition() == VarDecl::Definition;
    O.EachDefines |= D->isInline() || V->isStaticLocal() ||
                     D->getTemplateSpecializationKind() != TSK_Undeclared;
  }
}

ObjectId Session::objectFor(const VarDecl *V) {
  V = V->getCanonicalDecl();
  auto It = Variables.find(V);
  if (It != Variables.end())
    return It->second;
  Object O;
  O.Name = V->getNameAsString();
  applyType(O, V->getType());
  O.K = V->hasGlobalStorage()
            ? (V->isStaticLocal() ? Object::StaticLocal : Object::Global)
            : (isa<ParmVarDecl>(V) ? Object::Param : Object::Local);
  setLinkage(O, V);
  O.ThreadLocal = V->getTLSKind() != VarDecl::TLS_None;
  O.Assigned = use(V).Assigned;
  O.CapturedByRef = use(V).ByReference;
  O.Mentions = use(V).Mentions;
  O.LoopVariable = use(V).LoopVariable;
  if (!V->hasGlobalStorage())
    if (const auto *F =
            dyn_cast_or_null<FunctionDecl>(V->getParentFunctionOrMethod()))
      O.Owner = functionFor(F);
  Range Where = range(V->getLocation());
  O.File = Where.File;
  O.Line = Where.Line;
  O.Col = Where.Col;
  ObjectId Id = addObject(std::move(O));
  Variables[V] = Id;
  noteVolatile(V, U.variableName(U.Paths.root(Id)));
  return Id;
}

ObjectId Session::thisOf(FunctionId F) {
  while (F != kNone && U.Functions[F].Kind == FunctionKind::Lambda) {
    if (Contexts[F].ThisCopy != kNone)
      return Contexts[F].ThisCopy;
    F = U.Functions[F].Parent;
  }
  return F == kNone ? kNone : U.Functions[F].This;
}

static FunctionKind kindOf(const FunctionDecl *D) {
  if (isa<CXXConstructorDecl>(D))
    return FunctionKind::Constructor;
  if (isa<CXXDestructorDecl>(D))
    return FunctionKind::Destructor;
  const auto *M = dyn_cast<CXXMethodDecl>(D);
  if (M && M->getParent()->isLambda())
    return FunctionKind::Lambda;
  return M ? FunctionKind::Method : FunctionKind::Free;
}

FunctionId Session::functionFor(const FunctionDecl *D) {
  const FunctionDecl *Def = nullptr;
  if (!D || !D->hasBody(Def) || !Def || Def->isDependentContext() ||
      Def->isInvalidDecl() || !isUserCode(Def->getLocation()))
    return kNone;
  auto It = Functions.find(Def);
  if (It != Functions.end())
    return It->second;
  CallParts P;
  P.Callee = Def;
  bool Modelled = kindOf(Def) != FunctionKind::Lambda && Lookup.call(P);
  if (!Modelled && U.Functions.size() < 4000)
    return add(Def);
  Functions[Def] = kNone;
  return kNone;
}

static std::string readableName(const FunctionDecl *D) {
  if (kindOf(D) == FunctionKind::Lambda)
    return "lambda";
  std::string Name = D->getNameAsString();
  if (const auto *M = dyn_cast<CXXMethodDecl>(D))
    Name =
        M->getParent()->getNameAsString() + "::" +
        (isa<CXXConstructorDecl>(M) ? M->getParent()->getNameAsString() : Name);
  return Name;
}

FunctionId Session::add(const FunctionDecl *D) {
  FunctionKind Kind = kindOf(D);
  FunctionId Parent = kNone;
  const auto *Method = dyn_cast<CXXMethodDecl>(D);
  if (Kind == FunctionKind::Lambda) {
    if (const auto *Outer = dyn_cast_or_null<FunctionDecl>(
            Method->getParent()->getParentFunctionOrMethod()))
      Parent = functionFor(Outer);
  }
  FunctionId Id = FunctionId(U.Functions.size());
  Functions[D] = Id;
  U.Functions.emplace_back();
  Contexts.emplace_back();
  Contexts[Id].Decl = D;
  Contexts[Id].Parent = Parent;
  {
    Function &F = U.Functions[Id];
    F.Kind = Kind;
    F.Parent = Parent;
    F.Name = readableName(D);
    F.Where = range(D->getSourceRange());
    F.Body = range(D->getBody()->getSourceRange());
    F.InMainFile = SM.isInMainFile(SM.getExpansionLoc(D->getLocation()));
    F.External = D->isExternallyVisible() && Kind != FunctionKind::Lambda;
    F.Public = D->getAccess() == AS_public || D->getAccess() == AS_none;
    F.Unchecked = D->hasAttr<RequiresCapabilityAttr>() ||
                  D->hasAttr<NoThreadSafetyAnalysisAttr>() ||
                  D->hasAttr<AssertCapabilityAttr>();
    llvm::SmallString<128> Usr;
    if (!index::generateUSRForDecl(D, Usr))
      F.Usr = Usr.str().str();
    U.ByUsr.emplace(F.Usr, Id);
  }
  if (Kind == FunctionKind::Lambda) {
    addCaptures(Id, Method->getParent());
  } else {
    noteUses(*this, D);
    if (Method && !Method->isStatic()) {
      Object O;
      O.K = Object::This;
      O.Name = "*this";
      applyType(O, Ctx.getRecordType(Method->getParent()));
      O.Owner = Id;
      U.Functions[Id].This = addObject(std::move(O));
    }
  }
  for (const ParmVarDecl *P : D->parameters()) {
    ObjectId Param = objectFor(P);
    U.Functions[Id].Params.push_back(Param);
  }
  if (D->getReturnType()->isRecordType() ||
      D->getReturnType()->isPointerType()) {
    Object O;
    O.K = Object::Temporary;
    O.Name = "result of " + U.Functions[Id].Name;
    O.Returned = true;
    applyType(O, D->getReturnType());
    O.Owner = Id;
    U.Functions[Id].Result = addObject(std::move(O));
  }
  return Id;
}

void Session::addCaptures(FunctionId F, const CXXRecordDecl *Lambda) {
  for (const LambdaCapture &C : Lambda->captures()) {
    Capture Out;
    Out.Where = range(C.getLocation());
    Out.IsThis = C.capturesThis();
    Out.ByReference =
        C.getCaptureKind() == LCK_ByRef || C.getCaptureKind() == LCK_This;
    const auto *V =
        C.capturesVariable() ? dyn_cast<VarDecl>(C.getCapturedVar()) : nullptr;
    if (V) {
      Out.Name = V->getNameAsString();
      bool Init = V->isInitCapture();
      if (Init)
        Out.ByReference = V->getType()->isReferenceType();
      if (!Init)
        Out.Variable = objectFor(V);
      HeldVariable H;
      H.ByReference = Out.ByReference;
      if (!Out.ByReference) {
        Object O;
        O.K = Object::CaptureCopy;
        O.Name = Out.Name;
        applyType(O, V->getType());
        O.Reference = false;
        O.Owner = F;
        H.Copy = Out.Copy = addObject(std::move(O));
      }
      FunctionId Parent = Contexts[F].Parent;
      if (!Init && Parent != kNone)
        Out.Source = Expressions(*this, Parent).variable(V);
      else if (Init && V->getInit())
        Out.Source = Expressions(*this, Parent).path(V->getInit());
      if (Out.Copy != kNone)
        U.Paths.object(Out.Copy).Source = Out.Source;
      Contexts[F].Held[V->getCanonicalDecl()] = H;
    } else if (C.getCaptureKind() == LCK_StarThis) {
      Object O;
      O.K = Object::CaptureCopy;
      O.Name = "*this";
      O.Owner = F;
      Contexts[F].ThisCopy = Out.Copy = addObject(std::move(O));
    }
    U.Functions[F].Captures.push_back(std::move(Out));
  }
}

uint32_t Session::elsewhere(const FunctionDecl *D) {
  if (!D)
    return kNone;
  D = D->getCanonicalDecl();
  auto [It, New] = Bodiless.try_emplace(D, kNone);
  if (!New)
    return It->second;
  CallParts P;
  P.Callee = D;
  llvm::SmallString<128> Usr;
  bool Named = !D->isDefined() && !D->isImplicit() && !D->isDeleted() &&
               !D->isDefaulted() && D->isExternallyVisible() &&
               !D->getBuiltinID() && isUserCode(D->getLocation()) &&
               !Lookup.call(P) && !index::generateUSRForDecl(D, Usr);
  if (!Named)
    return kNone;
  U.Elsewhere.push_back(Usr.str().str());
  return Bodiless[D] = uint32_t(U.Elsewhere.size() - 1);
}

FunctionId Session::callOperator(const CXXRecordDecl *R) {
  if (!R || !R->hasDefinition())
    return kNone;
  const CXXMethodDecl *Only = nullptr;
  if (R->isLambda()) {
    Only = R->getLambdaCallOperator();
    if (FunctionTemplateDecl *T = R->getDependentLambdaCallOperator()) {
      Only = nullptr;
      for (FunctionDecl *S : T->specializations())
        Only = cast<CXXMethodDecl>(S);
    }
    return functionFor(Only);
  }
  for (const CXXMethodDecl *M : R->methods())
    if (M->getOverloadedOperator() == OO_Call) {
      if (Only)
        return kNone;
      Only = M;
    }
  return functionFor(Only);
}

namespace {

class OverrideVisitor : public RecursiveASTVisitor<OverrideVisitor> {
public:
  using Found = llvm::function_ref<void(const CXXMethodDecl *)>;
  explicit OverrideVisitor(Found Do) : Do(Do) {}
  bool shouldVisitTemplateInstantiations() const { return true; }
  bool VisitCXXMethodDecl(CXXMethodDecl *M) {
    if (M->size_overridden_methods() && !M->isDependentContext())
      Do(M);
    return true;
  }

private:
  Found Do;
};

} // namespace

void Session::findOverriders() {
  KnowsOverriders = true;
  auto Note = [&](const CXXMethodDecl *M) {
    llvm::SmallVector<const CXXMethodDecl *, 4> Work{M};
    while (!Work.empty()) {
      const CXXMethodDecl *At = Work.pop_back_val();
      for (const CXXMethodDecl *Base : At->overridden_methods()) {
        Overriders[Base->getCanonicalDecl()].push_back(M->getCanonicalDecl());
        Work.push_back(Base);
      }
    }
  };
  OverrideVisitor V(Note);
  for (Decl *D : Ctx.getTranslationUnitDecl()->decls())
    if (SM.isInMainFile(SM.getExpansionLoc(D->getLocation())))
      V.TraverseDecl(D);
}

// No other file can derive from a class of the main file.
const CXXMethodDecl *Session::onlyOverrider(const CXXMethodDecl *M) {
  M = M->getCanonicalDecl();
  if (!SM.isInMainFile(SM.getExpansionLoc(M->getLocation())))
    return nullptr;
  if (!KnowsOverriders)
    findOverriders();
  const CXXMethodDecl *Only = M->isPureVirtual() ? nullptr : M;
  for (const CXXMethodDecl *Over : Overriders.lookup(M)) {
    if (Over->isPureVirtual() || Over == Only)
      continue;
    if (Only)
      return nullptr;
    Only = Over;
  }
  return Only;
}

FunctionId Session::takePending() {
  return NextPending < U.Functions.size() ? NextPending++ : kNone;
}

PathId Session::extend(PathId Base, StepKind K, llvm::StringRef Label,
                       QualType T) {
  if (Base == kNone)
    return kNone;
  return U.Paths.extend(Base, K, std::string_view(Label.data(), Label.size()),
                        Lookup.role(T), Lookup.isHandle(T));
}

PathId Session::field(PathId Base, const FieldDecl *F) {
  if (Base == kNone)
    return kNone;
  QualType T = F->getType();
  std::string Class = typeName(Ctx.getRecordType(F->getParent()));
  if (SM.isInMainFile(SM.getExpansionLoc(F->getParent()->getLocation())))
    U.MainFileClasses.insert(Class);
  PathId P = U.Paths.extend(Base, StepKind::Field, F->getName().str(),
                            Lookup.role(T), Lookup.isHandle(T), Class);
  if (F->getAccess() == AS_private || F->getAccess() == AS_protected)
    U.HiddenMembers.insert(U.variableName(P));
  noteVolatile(F, U.variableName(P));
  return P;
}

void Session::noteVolatile(const DeclaratorDecl *D, const std::string &Name) {
  QualType T = D->getType();
  if (Name.empty() || !T.isVolatileQualified() || !D->getTypeSourceInfo())
    return;
  auto [It, New] = U.Volatile.try_emplace(Name);
  if (!New)
    return;
  VolatileVariable &V = It->second;
  const auto *Alias = T->getAs<TypedefType>();
  V.Name = D->getNameAsString();
  V.Where = range(D->getLocation());
  V.Type = range(D->getTypeSourceInfo()->getTypeLoc().getSourceRange());
  V.Specifiers = range(SourceRange(D->getBeginLoc()));
  V.Specifiers.End = V.Type.Begin;
  V.Specifiers.EndLine = V.Type.Line;
  V.Specifiers.EndCol = V.Type.Col;
  V.ForSignals = Alias && Alias->getDecl()->getName() == "sig_atomic_t";
}

PathId Session::deref(PathId Pointer, QualType T) {
  if (Pointer == kNone)
    return kNone;
  const Path &P = U.Paths.path(Pointer);
  if (P.Kind == StepKind::Root) {
    const Object &O = U.Paths.object(P.Object);
    if (O.K == Object::CaptureCopy && O.Source != kNone)
      return deref(O.Source, T);
  }
  return extend(Pointer, StepKind::Deref, "", T);
}

SourceLocation Extraction::locate(const SourceManager &SM,
                                  const std::string &File,
                                  uint32_t Offset) const {
  for (size_t I = 0; I < Facts.Files.size(); ++I)
    if (Facts.Files[I].Path == File)
      return SM.getLocForStartOfFile(FileIds[I])
          .getLocWithOffset(SourceLocation::IntTy(Offset));
  return {};
}

} // namespace heddle
