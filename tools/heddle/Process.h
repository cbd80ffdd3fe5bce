// Runs a program in a process group of its own, with a time limit.
//
// Thread safety: one runProcess() at a time; it blocks signals of the calling
// thread while it waits, and restores them.
#ifndef HEDDLE_TOOLS_PROCESS_H
#define HEDDLE_TOOLS_PROCESS_H

#include <string>
#include <utility>
#include <vector>

namespace heddle {

struct ProcessRequest {
  std::vector<std::string> Argv; // Argv[0] is looked up in PATH
  std::vector<std::pair<std::string, std::string>> Environment; // added
  double TimeoutSeconds = 0;                                    // 0: none
};

struct ProcessResult {
  bool Started = false;
  std::string Error; // why it did not start
  int ExitCode = 0;  // 128 + Signal if a signal ended it
  int Signal = 0;
  bool TimedOut = false;
  bool Interrupted = false; // the user ended it: Ctrl-C, SIGTERM
  double Seconds = 0;
};

/// Runs a program to its end. SIGINT, SIGTERM and SIGHUP are passed on to it.
///
/// At the time limit, those processes of its group that catch SIGQUIT are sent
/// one and get kAnalysisSeconds to print what their strands wait for; then, and
/// without such a handler at once, the whole group is killed.
ProcessResult runProcess(const ProcessRequest &Request);
inline constexpr double kAnalysisSeconds = 5;

struct Captured {
  int ExitCode = -1;  // -1: it did not start, -2: it crashed or hung
  std::string Output; // standard output and standard error
};

/// Runs a program without input and returns what it printed; for `doctor`.
Captured captureProcess(const std::vector<std::string> &Argv,
                        unsigned TimeoutSeconds);

} // namespace heddle
#endif
