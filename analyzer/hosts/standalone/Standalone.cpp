// Runs the front end on each file, several at a time, and gathers findings.
#include "hosts/standalone/Standalone.h"

#include "facts/Hash.h"
#include "facts/extract/Extract.h"
#include "hosts/standalone/Cache.h"
#include "hosts/standalone/Join.h"
#include "hosts/standalone/Parallel.h"

#include "clang/Basic/Version.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/xxhash.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <tuple>

using namespace clang;

namespace heddle {
namespace {

// What the analysis of a file is given, and what it gives.
struct Job {
  const ModelSet &Models;
  const CheckSelection &Checks;
  bool Summarize;
  FileResult Result;
};

class Consumer : public ASTConsumer {
public:
  explicit Consumer(Job &J) : J(J) {}

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
    Extractor E(Ctx, Decls, J.Models);
    std::vector<Finding> Findings = runChecks(E.relevant().Facts, J.Checks);
    if (J.Summarize)
      J.Result.Summary = E.summarize(Findings);
    for (Finding &F : Findings) {
      makeAbsolute(F, Ctx.getSourceManager());
      J.Result.Findings.push_back(std::move(F));
    }
  }

private:
  static void makeAbsolute(Finding &F, const SourceManager &SM) {
    auto Full = [&SM](std::string &Path) {
      if (!Path.empty())
        Path = Extractor::absolutePath(SM, Path);
    };
    Full(F.Where.File);
    Full(F.Context.File);
    for (Note &N : F.Notes)
      Full(N.Where.File);
    for (Fix &Each : F.Fixes)
      for (Replacement &R : Each.Edits)
        Full(R.File);
  }

  Job &J;
  std::vector<Decl *> Decls;
};

class Action : public ASTFrontendAction {
public:
  explicit Action(Job &J) : J(J) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 llvm::StringRef) override {
    return std::make_unique<Consumer>(J);
  }

private:
  Job &J;
};

class Factory : public tooling::FrontendActionFactory {
public:
  explicit Factory(Job &J) : J(J) {}
  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<Action>(J);
  }

private:
  Job &J;
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
  Cache &Kept;
  std::vector<std::string> Files;
  std::atomic<size_t> Next{0};
  std::mutex Lock; // of what follows
  StandaloneResult Result;
  std::map<std::string, std::string> Summaries; // by file
  size_t Done = 0;
};

} // namespace

std::string defaultResourceDir() { return HEDDLE_CLANG_RESOURCE_DIR; }

// The analyzer itself needs neither plugin nor pass, and must not load them.
static tooling::CommandLineArguments
adjust(const tooling::CommandLineArguments &Args,
       const StandaloneOptions &Options) {
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
  std::vector<std::string> Extra = Options.ExtraFlags;
  Extra.push_back("-resource-dir=" + (Options.ResourceDir.empty()
                                          ? defaultResourceDir()
                                          : Options.ResourceDir));
  Out.insert(At, Extra.begin(), Extra.end());
  return Out;
}

// The file with all commands that it is compiled with, as text.
static std::string commandOf(const Run &R, const std::string &File) {
  std::string Text = File;
  for (const tooling::CompileCommand &C : R.Database.getCompileCommands(File)) {
    Text += '\n' + C.Directory;
    for (const std::string &Arg : adjust(C.CommandLine, R.Options))
      Text += '\n' + Arg;
  }
  return Text;
}

static FileResult analyseAnew(Run &R, const std::string &File,
                              const std::string &Command) {
  FirstError Errors;
  Job J{R.Models, R.Options.Checks, R.Options.Join, {}};
  auto Files = llvm::makeIntrusiveRefCnt<NotingFileSystem>(
      llvm::vfs::createPhysicalFileSystem());
  tooling::ClangTool Tool(R.Database, {File},
                          std::make_shared<PCHContainerOperations>(), Files);
  Tool.setPrintErrorMessage(false);
  Tool.setDiagnosticConsumer(&Errors);
  Tool.appendArgumentsAdjuster(
      [&R](const tooling::CommandLineArguments &Args, llvm::StringRef) {
        return adjust(Args, R.Options);
      });
  Factory Actions(J);
  int Status = Tool.run(&Actions);
  J.Result.Error = Errors.Message;
  if (Status != 0 && Errors.Message.empty())
    J.Result.Error = "no compile command for this file";
  R.Kept.put(Command, J.Result, *Files);
  return std::move(J.Result);
}

static void analyse(Run &R, const std::string &File) {
  std::string Command = commandOf(R, File);
  std::optional<FileResult> Known = R.Kept.find(Command);
  FileResult One = Known ? std::move(*Known) : analyseAnew(R, File, Command);
  std::lock_guard<std::mutex> Guard(R.Lock);
  if (!One.Error.empty())
    R.Result.Errors.push_back({File, One.Error});
  for (Finding &F : One.Findings)
    R.Result.Findings.push_back(std::move(F));
  if (!One.Summary.empty())
    R.Summaries[File] = std::move(One.Summary);
  R.Result.Cached += Known.has_value();
  ++R.Done;
  if (R.Options.Progress)
    R.Options.Progress(R.Done, R.Files.size(), File);
}

// A comment that suppresses a finding of several files is of use.
static void forgetUsed(std::vector<Finding> &Findings,
                       const std::vector<Location> &UsedAllows) {
  std::erase_if(Findings, [&](const Finding &F) {
    return F.CheckId == "allow-unused" &&
           llvm::any_of(UsedAllows, [&](const Location &L) {
             return L.File == F.Where.File && L.Line == F.Where.Line;
           });
  });
}

static void join(Run &R) {
  std::vector<Summary> All;
  for (auto &[File, Bytes] : R.Summaries)
    if (std::string Wrong = readSummaries(Bytes, All); !Wrong.empty())
      R.Result.Errors.push_back({File, Wrong});
  Program P(std::move(All));
  JoinResult Joined = joinFiles(P, R.Options.Checks, R.Options.Jobs, R.Kept);
  forgetUsed(R.Result.Findings, Joined.UsedAllows);
  for (Finding &F : Joined.Findings)
    R.Result.Findings.push_back(std::move(F));
}

// What stands for the analyzer and its options in the cache.
static std::string toolKey(const StandaloneOptions &Options) {
  std::string Key = clang::getClangFullVersion();
  std::string Self = llvm::sys::fs::getMainExecutable(nullptr, nullptr);
  std::vector<std::string> Files = Options.ModelFiles;
  Files.push_back(Self);
  for (const std::string &File : Files)
    if (auto Buffer = llvm::MemoryBuffer::getFile(File))
      Key += '\n' + hex(llvm::xxh3_64bits((*Buffer)->getBuffer()));
  for (const Check &C : allChecks())
    if (Options.Checks.selects(C))
      Key += std::string("\n") + C.Id;
  return Key + (Options.Join ? "\njoined" : "");
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
  Cache Kept(Options.CacheFolder,
             Options.CacheFolder.empty() ? "" : toolKey(Options));
  Run R{Options,
        Models,
        *Database,
        Kept,
        Options.Files.empty() ? Database->getAllFiles() : Options.Files,
        {},
        {},
        {},
        {},
        0};
  std::sort(R.Files.begin(), R.Files.end());
  R.Files.erase(std::unique(R.Files.begin(), R.Files.end()), R.Files.end());
  inParallel(std::min<size_t>(Options.Jobs, R.Files.size()), [&R] {
    for (size_t I = R.Next++; I < R.Files.size(); I = R.Next++)
      analyse(R, R.Files[I]);
  });
  if (Options.Join)
    join(R);
  R.Result.Files = R.Files.size();
  R.Result.ModelProblems = Models.diagnostics();
  sortAndMerge(R.Result.Findings);
  std::sort(R.Result.Errors.begin(), R.Result.Errors.end(),
            [](const auto &A, const auto &B) { return A.File < B.File; });
  return std::move(R.Result);
}

} // namespace heddle
