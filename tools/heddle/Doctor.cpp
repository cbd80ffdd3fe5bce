// heddle doctor: tries every part of this installation, one line each.
//
// Each trial does what a user would do, on a program whose outcome is known,
// and says the next step where it fails.
#include "Command.h"
#include "Installation.h"
#include "Process.h"
#include "Terminal.h"

#include <CLI/CLI.hpp>
#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

#include <sys/resource.h>

namespace heddle {
namespace {

struct Outcome {
  bool Good = false;
  std::string Found; // what was seen
  std::string Next;  // what to do about it, if not Good
};

// A folder for the trials, with links into nothing; gone at the end.
class Workshop {
public:
  Workshop() { llvm::sys::fs::createUniqueDirectory("heddle-doctor", Dir); }
  ~Workshop() { llvm::sys::fs::remove_directories(Dir); }

  std::string path(const std::string &Name) const {
    return std::string(Dir) + "/" + Name;
  }

  std::string write(const std::string &Name, llvm::StringRef Text) const {
    std::error_code Error;
    llvm::raw_fd_ostream(path(Name), Error) << Text;
    return path(Name);
  }

private:
  llvm::SmallString<128> Dir;
};

std::string firstLine(const std::string &Text) {
  std::string Line = llvm::StringRef(Text).trim().split('\n').first.str();
  return Line.empty() ? "no output" : Line;
}

Captured compile(std::vector<std::string> Args) {
  std::vector<std::string> Argv = {selfPath(), "cxx", "-std=c++17"};
  Argv.insert(Argv.end(), Args.begin(), Args.end());
  return captureProcess(Argv, 120);
}

Outcome tryCompiler(const Workshop &) {
  std::string Path = findCompiler(true);
  if (Path.empty())
    return {false, "no clang++ of LLVM 19", "apt-get install clang-19"};
  Captured C = captureProcess({Path, "-dumpversion"}, 30);
  std::string Version = firstLine(C.Output);
  return {Version.starts_with("19.1."), "clang++ " + Version + ", " + Path,
          "Heddle is built for clang " HEDDLE_LLVM_VERSION "; apt-get install "
          "clang-19, or set HEDDLE_LLVM to its bin folder"};
}

Outcome tryConfig(const Workshop &W) {
  if (!llvm::sys::fs::exists(configFile()))
    return {false, configFile() + " is missing", "install Heddle again"};
  std::string Source = W.write("empty.cpp", "int main() { return 0; }\n");
  Captured C = compile({Source, "-o", W.path("empty")});
  if (C.ExitCode != 0)
    return {false, firstLine(C.Output), "heddle cxx shows the whole error"};
  Captured R = captureProcess({W.path("empty")}, 60);
  return {R.ExitCode == 0,
          R.ExitCode == 0
              ? configFile() + ": compiles, links, runs"
              : "an empty program ends with " + std::to_string(R.ExitCode) +
                    ": " + firstLine(R.Output),
          "is the runtime beside it? ls " + installRoot() + "/lib"};
}

constexpr const char *kLateAdd = R"(#include <go/go.h>
void fetch() {
  go::WaitGroup wg;
  go::spawn([&] {
    wg.add(1);
    wg.done();
  });
  wg.wait();
}
)";

Outcome tryPlugin(const Workshop &W) {
  std::string Source = W.write("late-add.cpp", kLateAdd);
  Captured C = compile({"-c", Source, "-o", W.path("late-add.o")});
  bool Seen = llvm::StringRef(C.Output).contains("[wg-add-in-goroutine]");
  return {Seen,
          Seen ? "reports a known bad program"
               : "silent on a known bad "
                 "program: " +
                     firstLine(C.Output),
          "heddle cxx -c on examples/wg-add-late/broken.cpp; a clang other "
          "than " HEDDLE_LLVM_VERSION " cannot load the plugin"};
}

Outcome tryHeaders(const Workshop &W) {
  std::string Source =
      W.write("headers.cpp", "#include <stddef.h>\n#include <vector>\n"
                             "size_t size(const std::vector<int> &V) "
                             "{ return V.size(); }\n");
  Captured C = captureProcess(
      {selfPath(), "check", Source, "--out", W.path("check-out")}, 120);
  return {C.ExitCode == 0,
          C.ExitCode == 0 ? "heddle check finds stddef.h and <vector>"
                          : firstLine(C.Output),
          "apt-get install libclang-common-19-dev libstdc++-12-dev"};
}

constexpr const char *kRace = R"(#include <thread>
int Balance;
void deposit() { Balance += 1; }
int main() {
  std::thread T(deposit);
  Balance += 2;
  T.join();
}
)";

Outcome tryRuntime(const Workshop &W) {
  std::string Source = W.write("race.cpp", kRace);
  Captured C = compile({"-O1", Source, "-o", W.path("race")});
  if (C.ExitCode != 0)
    return {false, firstLine(C.Output), "is lib/libheddle_rt.so there?"};
  Captured R = captureProcess(
      {selfPath(), "run", "--out", W.path("run-out"), "--", W.path("race")},
      60);
  llvm::StringRef Text(R.Output);
  if (R.ExitCode != kRunFindings || !Text.contains("DATA RACE"))
    return {false,
            "a known race is not reported: exit " + std::to_string(R.ExitCode) +
                ", " + firstLine(R.Output),
            "heddle run examples/atomic-counter shows more"};
  bool Named = Text.contains("race.cpp:3") && Text.contains("race.cpp:6") &&
               Text.contains("Balance");
  return {Named,
          Named ? "reports a known race, both lines and the variable named"
                : "reports a known race without source lines",
          "symbols need llvm-symbolizer-19: apt-get install llvm-19"};
}

constexpr const char *kDeadlock = R"(#include <go/go.h>
int main() {
  return go::main([] {
    go::Chan<int> c;
    c.send(1);
  });
}
)";

Outcome tryGoroutines(const Workshop &W) {
  std::string Source = W.write("self-send.cpp", kDeadlock);
  Captured C = compile({Source, "-o", W.path("self-send")});
  if (C.ExitCode != 0)
    return {false, firstLine(C.Output), "is include/go there?"};
  Captured R = captureProcess({selfPath(), "run", "--timeout", "20s", "--out",
                               W.path("go-out"), "--", W.path("self-send")},
                              60);
  bool Seen = R.ExitCode == kRunFindings &&
              llvm::StringRef(R.Output).contains("DEADLOCK");
  return {Seen,
          Seen ? "reports a known deadlock of goroutines"
               : "a known deadlock is not reported: exit " +
                     std::to_string(R.ExitCode) + ", " + firstLine(R.Output),
          "heddle run examples/self-send shows more"};
}

Outcome trySymbolizer(const Workshop &) {
  std::string Path = findLlvmTool("llvm-symbolizer");
  return {!Path.empty(), Path.empty() ? "none of LLVM 19" : Path,
          "apt-get install llvm-19; without it reports have no lines"};
}

// The number in a file of /proc/sys, or -1.
long readSetting(const std::string &Name) {
  auto Buffer = llvm::MemoryBuffer::getFileAsStream("/proc/sys/" + Name);
  long Value = -1;
  if (Buffer)
    (*Buffer)->getBuffer().trim().getAsInteger(10, Value);
  return Value;
}

std::string showSetting(long Value) {
  return Value < 0 ? "unknown" : std::to_string(Value);
}

// Overcommit 2 refuses the shadow's reservation only if it is not mapped
// NORESERVE; the empty program of tryConfig has shown that it is not refused.
Outcome tryKernel(const Workshop &) {
  rlimit Limit = {};
  getrlimit(RLIMIT_AS, &Limit);
  std::string Found =
      "mmap_rnd_bits " + showSetting(readSetting("vm/mmap_rnd_bits")) +
      ", overcommit_memory " +
      showSetting(readSetting("vm/overcommit_memory")) + ", ptrace_scope " +
      showSetting(readSetting("kernel/yama/ptrace_scope"));
  if (Limit.rlim_cur != RLIM_INFINITY)
    return {false, Found + ", address space limited",
            "ulimit -v unlimited: the shadow of the memory is 48 TiB of "
            "addresses"};
  return {true, Found + ", address space unlimited", ""};
}

struct Trial {
  const char *Name;
  Outcome (*Try)(const Workshop &);
};

constexpr Trial kTrials[] = {
    {"compiler", tryCompiler},     {"config", tryConfig},
    {"plugin", tryPlugin},         {"headers", tryHeaders},
    {"runtime", tryRuntime},       {"goroutines", tryGoroutines},
    {"symbolizer", trySymbolizer}, {"kernel", tryKernel},
};

bool printTrial(const Trial &T, const Workshop &W) {
  Outcome O = T.Try(W);
  llvm::outs() << "  " << (O.Good ? green("ok  ") : red("FAIL")) << "  "
               << llvm::left_justify(T.Name, 12) << O.Found << '\n';
  if (!O.Good)
    llvm::outs() << "        next: " << O.Next << '\n';
  llvm::outs().flush();
  return O.Good;
}

} // namespace

int mainDoctor(const std::vector<std::string> &Args) {
  CLI::App App("Tries every part of this installation.", "heddle doctor");
  if (auto Code = parseArguments(App, Args))
    return *Code;
  Workshop W;
  size_t Good = 0;
  for (const Trial &T : kTrials)
    Good += printTrial(T, W);
  size_t All = std::size(kTrials);
  if (Good == All)
    llvm::outs() << "doctor: ok - " << All << " of " << All << " work\n";
  else
    llvm::outs() << "doctor: " << All - Good << " of " << All
                 << " do not work\n";
  return Good == All ? kClean : kUsage;
}

} // namespace heddle
