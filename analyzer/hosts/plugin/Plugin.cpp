// The front-end plugin: analyses each translation unit as it is compiled.
//
//   clang++-19 -fplugin=heddle.so [-fplugin-arg-heddle-models=FILE]
//              [-fplugin-arg-heddle-checks=a,b] [-fplugin-arg-heddle-disable=c]
//              [-fplugin-arg-heddle-verbose] [-fplugin-arg-heddle-no-summary]
//
// What other files may have to know goes into the object's section `.heddle`,
// which linkers leave out of programs; `heddle link` reads it.
//
// Findings are Clang diagnostics. Clang 19 leaves custom diagnostics of plugins
// out of -Werror and -w, so that their level is chosen here.
#include "facts/extract/Extract.h"

#include "core/Registry.h"
#include "engines/skeleton/Analysis.h"

#include "clang/Frontend/FrontendPluginRegistry.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/TargetParser/Triple.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace clang;
using namespace heddle;

namespace {

struct PluginOptions {
  ModelSet Models;
  bool OwnModels = false;
  CheckSelection Checks;
  bool Summary = true;

  const ModelSet &models() const {
    return OwnModels ? Models : ModelSet::builtin();
  }
};

class Emitter {
public:
  Emitter(DiagnosticsEngine &Diags, const SourceManager &SM,
          const Extraction &X)
      : Diags(Diags), SM(SM), X(X) {}

  void emit(const Finding &F) {
    bool Werror = Diags.getWarningsAsErrors();
    unsigned Id = Diags.getCustomDiagID(Werror ? DiagnosticsEngine::Error
                                               : DiagnosticsEngine::Warning,
                                        "%0 [%1]");
    std::string Message = F.Message;
    if (!F.Label.empty())
      Message += "; it " + F.Label;
    SourceLocation Begin = locate(F.Where);
    {
      auto D = Diags.Report(Begin, Id);
      D << Message << F.CheckId << range(F.Where);
      for (const Fix &Change : F.Fixes)
        if (Change.Safe)
          addEdits(D, Change);
    }
    for (const Note &N : F.Notes)
      note(N.Where, N.Message);
    for (const Fix &Change : F.Fixes)
      if (!Change.Safe) {
        auto D = Diags.Report(Begin, noteId());
        D << "possible fix: " + Change.Title;
        addEdits(D, Change);
      }
  }

private:
  unsigned noteId() {
    return Diags.getCustomDiagID(DiagnosticsEngine::Note, "%0");
  }
  void note(const Location &Where, const std::string &Message) {
    auto D = Diags.Report(locate(Where), noteId());
    D << Message << range(Where);
  }
  SourceLocation locate(const Location &L) const {
    return X.locate(SM, L.File, L.Offset);
  }
  CharSourceRange range(const Location &L) const {
    SourceLocation B = locate(L);
    return CharSourceRange::getCharRange(B, B.getLocWithOffset(L.Length));
  }
  void addEdits(DiagnosticBuilder &D, const Fix &Change) const {
    for (const Replacement &E : Change.Edits) {
      SourceLocation B = X.locate(SM, E.File, E.Offset);
      if (B.isInvalid())
        continue;
      if (E.Length == 0)
        D << FixItHint::CreateInsertion(B, E.Text);
      else
        D << FixItHint::CreateReplacement(
            CharSourceRange::getCharRange(B, B.getLocWithOffset(E.Length)),
            E.Text);
    }
  }

  DiagnosticsEngine &Diags;
  const SourceManager &SM;
  const Extraction &X;
};

// Runs after the consumers, when the module is complete.
class EmbedSummary : public llvm::PassInfoMixin<EmbedSummary> {
public:
  explicit EmbedSummary(std::shared_ptr<std::string> Summary)
      : Summary(std::move(Summary)) {}
  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &) {
    if (Summary->empty() ||
        !llvm::Triple(M.getTargetTriple()).isOSBinFormatELF())
      return llvm::PreservedAnalyses::all();
    llvm::embedBufferInModule(M, {*Summary, "summary"}, ".heddle");
    return llvm::PreservedAnalyses::none();
  }
  static bool isRequired() { return true; }

private:
  std::shared_ptr<std::string> Summary;
};

// Has the summary put into the object; null if none is made.
std::shared_ptr<std::string> placeForSummary(CompilerInstance &CI) {
  switch (CI.getFrontendOpts().ProgramAction) {
  case frontend::EmitAssembly:
  case frontend::EmitBC:
  case frontend::EmitLLVM:
  case frontend::EmitObj:
    break;
  default:
    return nullptr;
  }
  auto Summary = std::make_shared<std::string>();
  CI.getCodeGenOpts().PassBuilderCallbacks.push_back(
      [Summary](llvm::PassBuilder &Builder) {
        Builder.registerPipelineStartEPCallback(
            [Summary](llvm::ModulePassManager &Passes,
                      llvm::OptimizationLevel) {
              Passes.addPass(EmbedSummary(Summary));
            });
      });
  return Summary;
}

class Consumer : public ASTConsumer {
public:
  Consumer(std::shared_ptr<PluginOptions> Options,
           std::shared_ptr<std::string> Summary)
      : Options(std::move(Options)), Summary(std::move(Summary)) {}

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group)
      if (Sources(D).isInMainFile(Sources(D).getExpansionLoc(D->getLocation())))
        Decls.push_back(D);
    return true;
  }

  void HandleTranslationUnit(ASTContext &Ctx) override {
    DiagnosticsEngine &Diags = Ctx.getDiagnostics();
    reportModels(Diags);
    bool Silent = Diags.getIgnoreAllWarnings();
    if (Diags.hasUncompilableErrorOccurred() || (Silent && !Summary))
      return;
    Extractor E(Ctx, Decls, Options->models());
    std::vector<Finding> Findings;
    if (!Silent) {
      const Extraction &X = E.relevant();
      Emitter Out(Diags, Ctx.getSourceManager(), X);
      Findings = runChecks(X.Facts, Options->Checks);
      for (const Finding &F : Findings)
        Out.emit(F);
    }
    if (Summary)
      *Summary = E.summarize(Findings);
  }

private:
  static const SourceManager &Sources(const Decl *D) {
    return D->getASTContext().getSourceManager();
  }
  void reportModels(DiagnosticsEngine &Diags) {
    unsigned Id =
        Diags.getCustomDiagID(DiagnosticsEngine::Warning, "%0:%1:%2: %3");
    for (const ModelDiagnostic &D : Options->models().diagnostics())
      Diags.Report(Id) << D.File << D.Line << D.Column << D.Message;
  }

  std::shared_ptr<PluginOptions> Options;
  std::shared_ptr<std::string> Summary;
  std::vector<Decl *> Decls;
};

class Plugin : public PluginASTAction {
public:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 llvm::StringRef) override {
    return std::make_unique<Consumer>(
        Options, Options->Summary ? placeForSummary(CI) : nullptr);
  }

  bool ParseArgs(const CompilerInstance &CI,
                 const std::vector<std::string> &Args) override {
    for (llvm::StringRef Arg : Args) {
      auto [Key, Value] = Arg.split('=');
      if (Key == "models")
        addModels(Value);
      else if (Key == "checks")
        append(Options->Checks.Only, Value);
      else if (Key == "disable")
        append(Options->Checks.Disabled, Value);
      else if (Key == "no-summary")
        Options->Summary = false;
      else if (Key == "verbose")
        skeleton::SkeletonLog = [](const std::string &Line) {
          llvm::errs() << "heddle: " << Line << '\n';
        };
      else
        return fail(CI, "heddle: unknown option '" + Key.str() +
                            "', expected models=, checks=, disable=, "
                            "no-summary or verbose");
    }
    for (const auto *List : {&Options->Checks.Only, &Options->Checks.Disabled})
      for (const std::string &Id : *List)
        if (!findCheck(Id))
          return fail(CI, "heddle: there is no check '" + Id +
                              "': heddle list shows all");
    return true;
  }

  ActionType getActionType() override { return AddBeforeMainAction; }

private:
  static bool fail(const CompilerInstance &CI, const std::string &Message) {
    DiagnosticsEngine &Diags = CI.getDiagnostics();
    Diags.Report(Diags.getCustomDiagID(DiagnosticsEngine::Error, "%0"))
        << Message;
    return false;
  }
  static void append(std::vector<std::string> &List, llvm::StringRef Value) {
    llvm::SmallVector<llvm::StringRef, 4> Parts;
    Value.split(Parts, ',', -1, false);
    for (llvm::StringRef P : Parts)
      List.push_back(P.str());
  }
  void addModels(llvm::StringRef File) {
    if (!Options->OwnModels)
      Options->Models = ModelSet::builtin();
    Options->OwnModels = true;
    Options->Models.addFile(File.str());
  }

  std::shared_ptr<PluginOptions> Options = std::make_shared<PluginOptions>();
};

} // namespace

static FrontendPluginRegistry::Add<Plugin> kPlugin("heddle",
                                                   "finds concurrency bugs");
