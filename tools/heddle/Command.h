// What a sub-command of `heddle` is, and what all of them share.
//
// A sub-command is one file with one function of type CommandMain; main.cpp
// lists it in one line.
#ifndef HEDDLE_TOOLS_COMMAND_H
#define HEDDLE_TOOLS_COMMAND_H

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace heddle {

/// What a process ends with, the same for every sub-command.
enum ExitCode : int {
  kClean = 0,
  kFindings = 1,     // check, diff, report
  kUsage = 2,        // wrong usage or configuration
  kIncomplete = 3,   // a file failed to parse, a process left no findings file
  kInternal = 4,     // a defect of Heddle
  kRunFindings = 66, // run
  kTimeout = 124
};

/// Runs a sub-command on what follows its name; returns the exit code.
using CommandMain = int (*)(const std::vector<std::string> &Args);

struct Command {
  const char *Name;
  const char *Summary;
  CommandMain Main;
};

int mainCxx(const std::vector<std::string> &Args);
int mainCc(const std::vector<std::string> &Args);
int mainCheck(const std::vector<std::string> &Args);
int mainLink(const std::vector<std::string> &Args);
int mainReplay(const std::vector<std::string> &Args);
int mainRun(const std::vector<std::string> &Args);
int mainExplain(const std::vector<std::string> &Args);
int mainList(const std::vector<std::string> &Args);
int mainStacks(const std::vector<std::string> &Args);
int mainDoctor(const std::vector<std::string> &Args);

/// Parses Args into the variables bound to App. Returns the code to end with,
/// after it has printed the help or the error, or nothing to go on.
std::optional<int> parseArguments(CLI::App &App,
                                  const std::vector<std::string> &Args);

/// Prints `heddle: error: <Message>` and returns Code.
int failWith(int Code, const std::string &Message);

/// The one of Candidates that Word was probably meant to be, or "".
std::string nearest(const std::string &Word,
                    const std::vector<std::string> &Candidates);

/// `; did you mean '...'?`, or `; <Otherwise>` if nothing is near.
std::string suggestion(const std::string &Word,
                       const std::vector<std::string> &Candidates,
                       const std::string &Otherwise);

} // namespace heddle
#endif
