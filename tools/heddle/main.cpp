// heddle: finds concurrency bugs when C++ is compiled and when it runs.
#include "Command.h"

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

using namespace heddle;

static int mainVersion(const std::vector<std::string> &) {
  std::puts("heddle " HEDDLE_VERSION " (for clang " HEDDLE_LLVM_VERSION ")");
  return kClean;
}

static int mainHelp(const std::vector<std::string> &Args);

static const Command kCommands[] = {
    {"check", "find bugs in the source, without running it", mainCheck},
    {"link", "find what needs several files in objects and archives", mainLink},
    {"cxx", "compile C++ with Heddle: clang++ --config=heddle.cfg", mainCxx},
    {"cc", "compile C with Heddle: clang --config=heddle.cfg", mainCc},
    {"run", "run an instrumented program and collect what it finds", mainRun},
    {"replay", "run a program again with a recorded schedule", mainReplay},
    {"stacks", "have a running program list its goroutines", mainStacks},
    {"explain", "show the page of a check or of a run-time report",
     mainExplain},
    {"list", "list the checks", mainList},
    {"doctor", "try every part of this installation", mainDoctor},
    {"version", "print the version", mainVersion},
    {"help", "print this, or the help of a command", mainHelp},
};

static const Command *findCommand(const std::string &Name) {
  for (const Command &C : kCommands)
    if (Name == C.Name)
      return &C;
  return nullptr;
}

static int unknownCommand(const std::string &Name) {
  std::vector<std::string> Names;
  for (const Command &C : kCommands)
    Names.push_back(C.Name);
  const char *Kind = Name.starts_with("-") ? "option" : "command";
  return failWith(
      kUsage, std::string("unknown ") + Kind + " '" + Name + "'" +
                  suggestion(Name, Names, "heddle help lists the commands"));
}

static int mainHelp(const std::vector<std::string> &Args) {
  if (!Args.empty()) {
    const Command *C = findCommand(Args[0]);
    return C ? C->Main({"--help"}) : unknownCommand(Args[0]);
  }
  std::puts("usage: heddle COMMAND [ARGS]\n");
  for (const Command &C : kCommands)
    std::printf("  %-9s %s\n", C.Name, C.Summary);
  std::puts("\nexit codes: 0 clean, 1 findings, 66 findings at run time, "
            "2 wrong usage,\n3 incomplete, 4 internal error, 124 time-out");
  return kClean;
}

int main(int Argc, char **Argv) {
  std::vector<std::string> Args(Argv + 1, Argv + Argc);
  if (Args.empty()) {
    mainHelp({});
    return kUsage;
  }
  std::string Name = Args.front();
  Args.erase(Args.begin());
  if (Name == "--help" || Name == "-h")
    Name = "help";
  if (Name == "--version")
    Name = "version";
  const Command *C = findCommand(Name);
  if (!C)
    return unknownCommand(Name);
  try {
    return C->Main(Args);
  } catch (const std::exception &E) {
    return failWith(kInternal, "internal error in heddle " + Name + " " +
                                   HEDDLE_VERSION + ": " + E.what());
  }
}
