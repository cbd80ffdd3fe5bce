// Runs the front end on each file, several at a time, and gathers findings.
#include "hosts/standalone/Standalone.h"

#include "facts/extract/Extract.h"

#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

using namespace clang;

namespace heddle {
namespace {

class Consumer : public ASTConsumer {
public:
  Consumer(const ModelSet &Models, const CheckSelection &Checks,
           std::vector<Finding> &Out)
      : Models(Models), Checks(Checks), Out(Out) {}

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group) {
      const SourceManager &SM = D->getASTContext().getSourceManager();
      if (SM.isInMainFile(SM.getExpansionLoc(D->getLocation())))
        Decls.push_back(D);
    }
    return true;
  }
  void HandleTranslationUnit(ASTContext &Ctx) override {
    if (Ctx.getDiagnostics().hasUncompilableErrorOccurred())
      return;
    Extraction X = extractFacts(Ctx, Decls, Models);
    for (Finding &F : runChecks(X.Facts, Checks))
      Out.push_back(std::move(F));
  }

private:
  const ModelSet &Models;
  const CheckSelection &Checks;
  std::vector<Finding> &Out;
  std::vector<Decl *> Decls;
};

class Action : public ASTFrontendAction {
public:
  Action(const ModelSet &Models, const CheckSelection &Checks,
         std::vector<Finding> &Out)
      : Models(Models), Checks(Checks), Out(Out) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 llvm::StringRef) override {
    return std::make_unique<Consumer>(Models, Checks, Out);
  }

private:
  const ModelSet &Models;
  const CheckSelection &Checks;
  std::vector<Finding> &Out;
};

class Factory : public tooling::FrontendActionFactory {
public:
  Factory(const ModelSet &Models, const CheckSelection &Checks,
          std::vector<Finding> &Out)
      : Models(Models), Checks(Checks), Out(Out) {}
  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<Action>(Models, Checks, Out);
  }

private:
  const ModelSet &Models;
  const CheckSelection &Checks;
  std::vector<Finding> &Out;
};

// Keeps the first error of a file.
class FirstError : public DiagnosticConsumer {
public:
  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &D) override {
    if (Level < DiagnosticsEngine::Error || !Message.empty())
      return;
    llvm::SmallString<128> Text;
    D.FormatDiagnostic(Text);
    if (D.hasSourceManager() && D.getLocation().isValid())
      Message = D.getLocation().printToString(D.getSourceManager()) + ": ";
    Message += Text.str().str();
  }
  std::string Message;
};

struct Run {
  const StandaloneOptions &Options;
  const ModelSet &Models;
  const tooling::CompilationDatabase &Database;
  std::vector<std::string> Files;
  std::atomic<size_t> Next{0};
  std::mutex Lock; // of what follows
  StandaloneResult Result;
  size_t Done = 0;
};

} // namespace

std::string defaultResourceDir() { return HEDDLE_CLANG_RESOURCE_DIR; }

// The analyzer itself needs neither plugin nor pass, and must not load them.
static tooling::CommandLineArguments
adjust(const tooling::CommandLineArguments &Args, const Run &R) {
  tooling::CommandLineArguments Out;
  for (size_t I = 0; I < Args.size(); ++I) {
    llvm::StringRef A = Args[I];
    if (A.starts_with("-fplugin=") || A.starts_with("-fpass-plugin=") ||
        A.starts_with("-fplugin-arg-heddle-") ||
        (A.starts_with("--config=") && A.ends_with("heddle.cfg")))
      continue;
    Out.push_back(Args[I]);
  }
  auto At = Out.begin() + (Out.empty() ? 0 : 1);
  std::vector<std::string> Extra = R.Options.ExtraFlags;
  Extra.push_back("-resource-dir=" + (R.Options.ResourceDir.empty()
                                          ? defaultResourceDir()
                                          : R.Options.ResourceDir));
  Out.insert(At, Extra.begin(), Extra.end());
  return Out;
}

static void analyse(Run &R, const std::string &File) {
  std::vector<Finding> Findings;
  FirstError Errors;
  tooling::ClangTool Tool(R.Database, {File},
                          std::make_shared<PCHContainerOperations>(),
                          llvm::vfs::createPhysicalFileSystem());
  Tool.setPrintErrorMessage(false);
  Tool.setDiagnosticConsumer(&Errors);
  Tool.appendArgumentsAdjuster(
      [&R](const tooling::CommandLineArguments &Args, llvm::StringRef) {
        return adjust(Args, R);
      });
  Factory Actions(R.Models, R.Options.Checks, Findings);
  int Status = Tool.run(&Actions);
  std::lock_guard<std::mutex> Guard(R.Lock);
  if (Status != 0 || !Errors.Message.empty())
    R.Result.Errors.push_back({File, Errors.Message.empty()
                                         ? "no compile command for this file"
                                         : Errors.Message});
  for (Finding &F : Findings)
    R.Result.Findings.push_back(std::move(F));
  ++R.Done;
  if (R.Options.Progress)
    R.Options.Progress(R.Done, R.Files.size(), File);
}

// A finding in a header is the same in every file that includes it.
static void sortAndMerge(std::vector<Finding> &Findings) {
  auto Key = [](const Finding &F) {
    return std::tie(F.Where.File, F.Where.Line, F.Where.Column, F.CheckId,
                    F.Message);
  };
  std::sort(
      Findings.begin(), Findings.end(),
      [&](const Finding &A, const Finding &B) { return Key(A) < Key(B); });
  Findings.erase(std::unique(Findings.begin(), Findings.end(),
                             [&](const Finding &A, const Finding &B) {
                               return Key(A) == Key(B);
                             }),
                 Findings.end());
}

StandaloneResult runStandalone(const StandaloneOptions &Options) {
  StandaloneResult Failed;
  std::unique_ptr<tooling::CompilationDatabase> Database;
  if (!Options.BuildPath.empty()) {
    std::string Message;
    Database = tooling::CompilationDatabase::loadFromDirectory(
        Options.BuildPath, Message);
    if (!Database) {
      Failed.Failure = "no compile_commands.json in '" + Options.BuildPath +
                       "': configure with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON";
      return Failed;
    }
  } else {
    Database =
        std::make_unique<tooling::FixedCompilationDatabase>(".", Options.Flags);
  }
  ModelSet Models = ModelSet::builtin();
  for (const std::string &File : Options.ModelFiles)
    Models.addFile(File);
  Run R{Options,
        Models,
        *Database,
        Options.Files.empty() ? Database->getAllFiles() : Options.Files,
        {},
        {},
        {},
        0};
  std::sort(R.Files.begin(), R.Files.end());
  R.Files.erase(std::unique(R.Files.begin(), R.Files.end()), R.Files.end());
  auto Work = [&R] {
    for (size_t I = R.Next++; I < R.Files.size(); I = R.Next++)
      analyse(R, R.Files[I]);
  };
  std::vector<std::thread> Threads;
  for (unsigned I = 1; I < Options.Jobs && I < R.Files.size(); ++I)
    Threads.emplace_back(Work);
  Work();
  for (std::thread &T : Threads)
    T.join();
  R.Result.Files = R.Files.size();
  R.Result.ModelProblems = Models.diagnostics();
  sortAndMerge(R.Result.Findings);
  std::sort(R.Result.Errors.begin(), R.Result.Errors.end(),
            [](const auto &A, const auto &B) { return A.File < B.File; });
  return std::move(R.Result);
}

} // namespace heddle
