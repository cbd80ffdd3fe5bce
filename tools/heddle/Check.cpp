// heddle check: finds bugs in the source, without building or running it.
#include "CheckInput.h"
#include "CheckOutput.h"
#include "Command.h"
#include "Installation.h"
#include "Result.h"
#include "core/Text.h"

#include <CLI/CLI.hpp>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>

#include <chrono>
#include <set>
#include <thread>
#include <unistd.h>

namespace heddle {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point Start) {
  return std::chrono::duration<double>(Clock::now() - Start).count();
}

struct CheckOptions {
  std::vector<std::string> Paths, Models, Flags;
  std::string BuildPath, Formats = "text", Checks, OutDir = "heddle-out";
  std::string CacheFolder;
  unsigned Jobs = std::thread::hardware_concurrency();
  bool Fix = false, NoCache = false, NoJoin = false;
};

void declare(CLI::App &App, CheckOptions &O) {
  App.add_option("paths", O.Paths, "files and folders; none: all of the build");
  App.add_option("-p,--build", O.BuildPath,
                 "build folder with compile_commands.json");
  App.add_option("-j,--jobs", O.Jobs, "files at a time")
      ->check(CLI::PositiveNumber);
  App.add_flag("--fix", O.Fix, "apply the fixes that are safe");
  App.add_option("--format", O.Formats,
                 "text, json, json=FILE, sarif=FILE, separated by commas")
      ->capture_default_str();
  App.add_option("--checks", O.Checks,
                 "only these, or all but these: a,b or -a,-b");
  App.add_option("--models", O.Models, "models of other libraries (YAML)");
  App.add_option("--out", O.OutDir, "folder that receives result.json")
      ->capture_default_str();
  App.add_option("--cache", O.CacheFolder,
                 "folder of earlier results; heddle-cache in the build folder");
  App.add_flag("--no-cache", O.NoCache, "analyse every file again");
  App.add_flag("--no-join", O.NoJoin, "leave out what needs several files");
  App.footer("What follows `--` is compile flags for files without a "
             "compilation database.");
}

// One status line on a terminal, otherwise a line every ten seconds.
class ProgressLine {
public:
  ~ProgressLine() {
    if (Shown)
      llvm::errs() << "\r\033[K";
  }

  void update(size_t Done, size_t Total, const std::string &File) {
    double Elapsed = secondsSince(Start);
    if (OnTerminal) {
      int Left = int(Elapsed / double(Done) * double(Total - Done));
      llvm::errs() << "\r\033[K[" << Done << '/' << Total << "] " << File
                   << "  ETA " << Left / 60 << ':'
                   << (Left % 60 < 10 ? "0" : "") << Left % 60;
      Shown = true;
    } else if (Elapsed - Last >= 10) {
      llvm::errs() << '[' << Done << '/' << Total << "] " << File << '\n';
      Last = Elapsed;
    }
  }

private:
  Clock::time_point Start = Clock::now();
  bool OnTerminal = isatty(STDERR_FILENO);
  bool Shown = false;
  double Last = 0;
};

StandaloneResult analyse(StandaloneOptions &Options) {
  ProgressLine Progress;
  Options.Progress = [&](size_t Done, size_t Total, const std::string &File) {
    Progress.update(Done, Total, File);
  };
  return runStandalone(Options);
}

// Applies the safe fixes in place; returns how many, or an error.
llvm::Expected<unsigned> applySafeFixes(const std::vector<Finding> &Findings) {
  std::set<std::string> Files;
  for (const Finding &F : Findings)
    for (const Fix &Each : F.Fixes)
      for (const Replacement &R : Each.Edits)
        Files.insert(R.File);
  unsigned Applied = 0;
  for (const std::string &File : Files) {
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    if (!Buffer)
      return llvm::createStringError(Buffer.getError(), "cannot read " + File);
    std::string Text = (*Buffer)->getBuffer().str();
    unsigned Here = applyFixes(Text, File, Findings, /*SafeOnly=*/true);
    std::error_code Error;
    if (Here > 0)
      llvm::raw_fd_ostream(File, Error) << Text;
    if (Error)
      return llvm::createStringError(Error, "cannot write " + File);
    Applied += Here;
  }
  return Applied;
}

// A model file of the user that cannot be read, or "".
std::string modelMistake(const StandaloneResult &R) {
  for (const ModelDiagnostic &D : R.ModelProblems)
    if (D.Fatal)
      return D.File + ":" + std::to_string(D.Line) + ":" +
             std::to_string(D.Column) + ": " + D.Message;
  return "";
}

// Analyses, applies fixes if asked to, reports. Returns the exit code.
int checkFiles(const CheckOptions &O, StandaloneOptions &Options,
               const std::vector<CheckFormat> &Formats) {
  Clock::time_point Start = Clock::now();
  CheckReport Report;
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  Report.Root = std::string(Here);
  Report.Result = analyse(Options);
  if (O.Fix && Report.Result.Failure.empty()) {
    auto Applied = applySafeFixes(Report.Result.Findings);
    if (!Applied)
      return failWith(kUsage, llvm::toString(Applied.takeError()));
    llvm::errs() << "heddle: " << *Applied << " of "
                 << Report.Result.Findings.size() << " findings fixed\n";
    if (*Applied > 0)
      Report.Result = analyse(Options);
  }
  if (!Report.Result.Failure.empty())
    return failWith(kUsage, Report.Result.Failure);
  if (std::string Mistake = modelMistake(Report.Result); !Mistake.empty())
    return failWith(kUsage, Mistake);
  Report.Seconds = secondsSince(Start);
  Report.ExitCode = exitCodeOf(Report.Result);
  if (llvm::Error E = writeReport(Report, Formats))
    return failWith(kUsage, llvm::toString(std::move(E)));
  if (llvm::Error E = writeResult(O.OutDir, resultOf(Report)))
    return failWith(kUsage, llvm::toString(std::move(E)));
  return Report.ExitCode;
}

std::string cacheFolder(const CheckOptions &O, const CheckInput &In) {
  if (O.NoCache)
    return "";
  if (!O.CacheFolder.empty() || In.BuildPath.empty())
    return O.CacheFolder;
  return In.BuildPath + "/heddle-cache";
}

} // namespace

int mainCheck(const std::vector<std::string> &Args) {
  CLI::App App("Finds bugs in the source, without building or running it.",
               "heddle check");
  CheckOptions O;
  declare(App, O);
  auto Dashes = std::find(Args.begin(), Args.end(), "--");
  if (auto Code = parseArguments(App, {Args.begin(), Dashes}))
    return *Code;
  if (Dashes != Args.end())
    O.Flags.assign(Dashes + 1, Args.end());

  StandaloneOptions Options;
  std::vector<CheckFormat> Formats;
  if (std::string M = selectChecks(O.Checks, Options.Checks); !M.empty())
    return failWith(kUsage, M);
  if (std::string M = parseFormats(O.Formats, Formats); !M.empty())
    return failWith(kUsage, M);
  CheckInput In = findCheckInput(O.Paths, O.BuildPath);
  if (!In.Mistake.empty())
    return failWith(kUsage, In.Mistake);
  Options.BuildPath = In.BuildPath;
  Options.Files = In.Files;
  Options.Flags =
      O.Flags.empty() ? std::vector<std::string>{"-std=c++20"} : O.Flags;
  Options.ExtraFlags = {"-isystem" + installRoot() + "/include"};
  Options.ModelFiles = O.Models;
  Options.Jobs = O.Jobs;
  Options.Join = !O.NoJoin;
  Options.CacheFolder = cacheFolder(O, In);
  return checkFiles(O, Options, Formats);
}

} // namespace heddle
