// heddle run: runs an instrumented program and collects what it finds.
//
// The runtime inside the program prints the reports and leaves one findings
// file a process in a folder of this run; here they are merged into
// heddle-out/result.json and the exit code is chosen. A program that leaves no
// findings file has not been watched: that is incomplete (3), never clean.
#include "Command.h"
#include "Process.h"
#include "Result.h"

#include <CLI/CLI.hpp>
#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

#include <random>
#include <unistd.h>

namespace heddle {
namespace {

namespace json = llvm::json;

struct RunOptions {
  int Runs = 1;
  std::optional<uint64_t> Seed;
  std::string Sched, Record, Timeout, OutDir = "heddle-out";
  int ExitCode = kRunFindings;
  std::vector<std::string> Set;     // NAME=VALUE for the runtime
  std::vector<std::string> Program; // with its arguments
};

struct RunSummary {
  json::Array Runs, Findings;
  std::map<std::string, int64_t> Suppressions; // how often each matched
  int64_t Goroutines = 0, Silenced = 0;
  int ExitCode = kClean; // of the first run that did not end with 0
  bool TimedOut = false, Unwatched = false, Interrupted = false;
  double Seconds = 0;
};

std::string runtimeOptionsHelp() {
  std::string Text = "Options of the runtime, for --set or HEDDLE=:\n";
#define HEDDLE_OPTION(Type, Member, Name, Default, Help)                       \
  Text += llvm::formatv("  {0,-26}{1}\n", Name, Help).str();
#include "heddle/Options.def"
  return Text;
}

void declare(CLI::App &App, RunOptions &O) {
  App.footer(runtimeOptionsHelp());
  App.add_option("-n,--runs", O.Runs, "run it N times")
      ->check(CLI::PositiveNumber);
  App.add_option("--seed", O.Seed,
                 "seed of the first run; the next ones count on");
  App.add_option("--sched", O.Sched,
                 "scheduling policy: free, random, pct:DEPTH or replay:FILE");
  App.add_option("--record", O.Record,
                 "file that receives the schedule, for heddle replay");
  App.add_option("--timeout", O.Timeout,
                 "end a run after this time (30s, 500ms, 2m) with its "
                 "deadlock analysis; exit code 124");
  App.add_option("--exit-code", O.ExitCode, "exit code of a run with findings")
      ->check(CLI::Range(0, 255));
  App.add_option("--out", O.OutDir, "folder that receives result.json")
      ->capture_default_str();
  App.add_option("--set", O.Set, "NAME=VALUE, any option of the runtime")
      ->expected(1);
}

// How many of Args belong to `heddle run`; the rest is the program.
size_t ownArguments(const CLI::App &App, const std::vector<std::string> &Args) {
  for (size_t I = 0; I < Args.size(); ++I) {
    if (Args[I] == "--" || !llvm::StringRef(Args[I]).starts_with("-"))
      return I;
    const CLI::Option *O = App.get_option_no_throw(Args[I]);
    if (O && O->get_expected_max() > 0)
      ++I;
  }
  return Args.size();
}

// "30s", "500ms", "2m" or plain seconds; 0 if it is none of these.
double parseDuration(llvm::StringRef Text) {
  double Unit = 1, Value = 0;
  if (Text.consume_back("ms"))
    Unit = 0.001;
  else if (Text.consume_back("m"))
    Unit = 60;
  else
    Text.consume_back("s");
  return Text.getAsDouble(Value) || Value <= 0 ? 0 : Value * Unit;
}

std::vector<std::string> runtimeOptionNames() {
  return {
#define HEDDLE_OPTION(Type, Member, Name, Default, Help) Name,
#include "heddle/Options.def"
  };
}

// What keeps the run from being recorded, or null.
const char *recordMistake(const RunOptions &O) {
  if (O.Runs > 1)
    return "--record is for one run; leave -n away";
  if (O.Sched.empty() || O.Sched == "free")
    return "--record is for a run that a policy controls; add --sched random";
  if (O.Record.find(',') != std::string::npos)
    return "a comma in the path of --record cannot be passed to the runtime";
  return nullptr;
}

// What is wrong with the options, or "".
std::string findMistake(const RunOptions &O) {
  if (O.Program.empty())
    return "no program to run; usage: heddle run [OPTIONS] -- PROGRAM [ARGS]";
  if (!O.Timeout.empty() && parseDuration(O.Timeout) == 0)
    return "'" + O.Timeout + "' is no time; write 30s, 500ms or 2m";
  if (!O.Record.empty())
    if (const char *Mistake = recordMistake(O))
      return Mistake;
  std::vector<std::string> Names = runtimeOptionNames();
  for (const std::string &Set : O.Set) {
    std::string Name = Set.substr(0, Set.find('='));
    if (llvm::find(Names, Name) == Names.end())
      return "unknown option of the runtime '" + Name + "'" +
             suggestion(Name, Names, "heddle run --help lists them");
    if (Name == "out")
      return "'out' is not for --set; use --out DIR";
  }
  if (O.OutDir.find(',') != std::string::npos)
    return "a comma in the path of --out cannot be passed to the runtime";
  return "";
}

std::string environmentOf(const RunOptions &O, uint64_t Seed,
                          const std::string &Folder) {
  std::string Value;
  if (const char *Old = std::getenv("HEDDLE"); Old && *Old)
    Value = std::string(Old) + ",";
  Value += "out=" + Folder + ",exit-code=" + std::to_string(O.ExitCode);
  if (!O.Sched.empty())
    Value += ",sched=" + O.Sched;
  if (O.Seed || O.Runs > 1)
    Value += ",seed=" + std::to_string(Seed);
  if (!O.Record.empty()) {
    llvm::SmallString<256> Path(O.Record);
    llvm::sys::fs::make_absolute(Path);
    Value += ",record=" + std::string(Path);
  }
  for (const std::string &Set : O.Set)
    Value += "," + Set;
  return Value;
}

// The code that one run stands for.
int codeOf(const RunOptions &O, const ProcessResult &P, const RunFindings &F) {
  if (P.TimedOut)
    return kTimeout;
  if (P.ExitCode == 0 && !F.Findings.empty())
    return O.ExitCode; // a child of the program found it
  if (F.Processes.empty() && P.ExitCode == 0)
    return kIncomplete;
  return P.ExitCode;
}

void addRun(RunSummary &Sum, const RunOptions &O, const ProcessResult &P,
            RunFindings Found, uint64_t Seed) {
  int Code = codeOf(O, P, Found);
  Sum.ExitCode = Sum.ExitCode ? Sum.ExitCode : Code;
  Sum.Goroutines += sumOver(Found.Processes, "goroutines");
  Sum.Silenced += sumOver(Found.Processes, "suppressed");
  countSuppressions(Sum.Suppressions, Found.Processes);
  Sum.Unwatched |= Found.Processes.empty();
  Sum.TimedOut |= P.TimedOut;
  Sum.Interrupted |= P.Interrupted;
  Sum.Seconds += P.Seconds;
  json::Object Run{{"exitCode", P.ExitCode},
                   {"seconds", P.Seconds},
                   {"timedOut", P.TimedOut}};
  if (O.Seed || O.Runs > 1)
    Run["seed"] = int64_t(Seed);
  if (P.Signal)
    Run["signal"] = P.Signal;
  if (Found.Broken)
    Run["brokenFiles"] = int64_t(Found.Broken);
  Run["processes"] = std::move(Found.Processes);
  Sum.Runs.push_back(std::move(Run));
  mergeFindings(Sum.Findings, std::move(Found.Findings));
}

// Runs the program once. Returns why it could not be started, or "".
std::string runOnce(RunSummary &Sum, const RunOptions &O, uint64_t Seed) {
  llvm::SmallString<256> Folder(O.OutDir);
  llvm::sys::path::append(Folder, ".run-" + std::to_string(getpid()));
  llvm::sys::fs::make_absolute(Folder);
  if (auto Error = llvm::sys::fs::create_directories(Folder))
    return "cannot make the folder " + std::string(Folder) + ": " +
           Error.message();
  ProcessRequest Request;
  Request.Argv = O.Program;
  Request.TimeoutSeconds = parseDuration(O.Timeout);
  Request.Environment = {
      {"HEDDLE", environmentOf(O, Seed, std::string(Folder))}};
  ProcessResult P = runProcess(Request);
  RunFindings Found = readFindings(std::string(Folder));
  llvm::sys::fs::remove_directories(Folder);
  if (!P.Started)
    return "cannot run " + O.Program[0] + ": " + P.Error;
  addRun(Sum, O, P, std::move(Found), Seed);
  return "";
}

std::string describe(const RunSummary &Sum, int Runs) {
  std::string Text = Runs > 1 ? llvm::formatv("{0} runs, ", Runs).str() : "";
  if (Sum.Goroutines > 0)
    Text += llvm::formatv("{0} goroutine{1}, ", Sum.Goroutines,
                          Sum.Goroutines == 1 ? "" : "s");
  Text += llvm::formatv("{0:f2} s", Sum.Seconds).str();
  if (Sum.Silenced)
    Text += llvm::formatv(" ({0} suppressed)", Sum.Silenced);
  return Text;
}

// Those that no process of any run had a use for.
void printUnused(const RunSummary &Sum) {
  constexpr unsigned kShown = 10;
  unsigned Unused = 0;
  for (const auto &[Text, Matched] : Sum.Suppressions)
    if (!Matched && ++Unused <= kShown)
      llvm::errs() << "heddle: unused suppression " << Text << '\n';
  if (Unused > kShown)
    llvm::errs() << "heddle: and " << Unused - kShown << " more\n";
}

void printClosing(const RunSummary &Sum, const RunOptions &O, int Code) {
  llvm::raw_ostream &Err = llvm::errs();
  printUnused(Sum);
  if (Sum.TimedOut)
    Err << "heddle: TIME-OUT after " << O.Timeout << ": " << O.Program[0]
        << " was ended\n";
  if (Sum.Unwatched && !Sum.TimedOut && !Sum.Interrupted)
    Err << "heddle: incomplete - " << O.Program[0]
        << " left no findings: it was not built with Heddle (heddle cxx), or "
           "died before it could write them\n";
  if (Code == kClean && Sum.Findings.empty())
    Err << "heddle: ok - " << describe(Sum, O.Runs) << '\n';
  else if (O.Runs > 1)
    Err << "heddle: " << Sum.Findings.size() << " different problem"
        << (Sum.Findings.size() == 1 ? "" : "s") << " in "
        << describe(Sum, O.Runs) << " · exit " << Code << '\n';
}

} // namespace

int mainRun(const std::vector<std::string> &Args) {
  CLI::App App("Runs an instrumented program: heddle run [OPTIONS] -- PROGRAM "
               "[ARGS].\nIts reports go to standard error and, merged, to "
               "heddle-out/result.json.",
               "heddle run");
  RunOptions O;
  declare(App, O);
  size_t Own = ownArguments(App, Args);
  if (auto Code = parseArguments(App, {Args.begin(), Args.begin() + Own}))
    return *Code;
  Own += Own < Args.size() && Args[Own] == "--";
  O.Program.assign(Args.begin() + Own, Args.end());
  if (std::string Mistake = findMistake(O); !Mistake.empty())
    return failWith(kUsage, Mistake);

  RunSummary Sum;
  uint64_t Seed = O.Seed ? *O.Seed : std::random_device()() >> 1;
  for (int I = 0; I < O.Runs && !Sum.Interrupted; ++I)
    if (std::string Error = runOnce(Sum, O, Seed + I); !Error.empty())
      return failWith(kUsage, Error);
  int Code = Sum.ExitCode;
  printClosing(Sum, O, Code);
  json::Object Result{
      {"command", "run"},
      {"program", json::Array(O.Program)},
      {"outcome", outcomeOf(Code, !Sum.Findings.empty(), !Sum.Unwatched)},
      {"exitCode", Code},
      {"seconds", Sum.Seconds}};
  Result["findings"] = std::move(Sum.Findings);
  Result["runs"] = std::move(Sum.Runs);
  if (llvm::Error E = writeResult(O.OutDir, std::move(Result)))
    return failWith(kUsage, llvm::toString(std::move(E)));
  return Code;
}

} // namespace heddle
