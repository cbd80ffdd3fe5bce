// Child processes: groups, time limits, signals that are passed on.
#include "Process.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point Start) {
  return std::chrono::duration<double>(Clock::now() - Start).count();
}

// The signals that the parent waits for instead of being ended by.
sigset_t waitedSignals() {
  sigset_t Set;
  sigemptyset(&Set);
  for (int Signal : {SIGCHLD, SIGINT, SIGTERM, SIGHUP})
    sigaddset(&Set, Signal);
  return Set;
}

// In the child, between fork and exec. Never returns.
[[noreturn]] void execChild(const ProcessRequest &Request,
                            const sigset_t &OldMask, int ErrorPipe) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (isatty(STDIN_FILENO)) {
    std::signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(STDIN_FILENO, getpid());
    std::signal(SIGTTOU, SIG_DFL);
  }
  sigprocmask(SIG_SETMASK, &OldMask, nullptr);
  for (const auto &[Name, Value] : Request.Environment)
    setenv(Name.c_str(), Value.c_str(), 1);
  std::vector<char *> Argv;
  for (const std::string &Arg : Request.Argv)
    Argv.push_back(const_cast<char *>(Arg.c_str()));
  Argv.push_back(nullptr);
  // A shell without job control ignores SIGQUIT in what it starts behind `&`;
  // the program must be able to answer when it is asked who waits.
  std::signal(SIGQUIT, SIG_DFL);
  execvp(Argv[0], Argv.data());
  int Error = errno;
  (void)!write(ErrorPipe, &Error, sizeof(Error));
  _exit(127);
}

// Whether the process has a handler for Signal, from /proc/PID/status.
bool catches(pid_t Pid, int Signal) {
  auto Status = llvm::MemoryBuffer::getFileAsStream(
      "/proc/" + std::to_string(Pid) + "/status");
  if (!Status)
    return false;
  auto [Before, After] = (*Status)->getBuffer().split("SigCgt:");
  unsigned long long Mask = 0;
  if (After.ltrim().split('\n').first.getAsInteger(16, Mask))
    return false;
  return Mask >> (Signal - 1) & 1;
}

// The processes of a group that have a handler for Signal.
std::vector<pid_t> catchingMembers(pid_t Group, int Signal) {
  std::vector<pid_t> Pids;
  std::error_code Error;
  for (llvm::sys::fs::directory_iterator I("/proc", Error), End;
       I != End && !Error; I.increment(Error)) {
    pid_t Pid;
    if (!llvm::sys::path::filename(I->path()).getAsInteger(10, Pid) &&
        getpgid(Pid) == Group && catches(Pid, Signal))
      Pids.push_back(Pid);
  }
  return Pids;
}

// A child between its start and its end.
class Child {
public:
  Child(pid_t Pid, const ProcessRequest &Request, ProcessResult &Result)
      : Pid(Pid), Limit(Request.TimeoutSeconds), Result(Result) {}

  void waitForEnd() {
    sigset_t Waited = waitedSignals();
    while (!reaped()) {
      double Left = Limit > 0 ? Limit - secondsSince(Start) : 3600;
      if (Left <= 0) {
        onLimit();
        continue;
      }
      timespec Time = {time_t(Left), long((Left - time_t(Left)) * 1e9)};
      int Signal = sigtimedwait(&Waited, nullptr, &Time);
      if (Signal > 0 && Signal != SIGCHLD) {
        Result.Interrupted = true;
        kill(-Pid, Signal);
      }
    }
    Result.Seconds = secondsSince(Start);
    if (Result.TimedOut)
      kill(-Pid, SIGKILL); // what is left of its group
  }

private:
  bool reaped() {
    int Status = 0;
    if (waitpid(Pid, &Status, WNOHANG) != Pid)
      return false;
    Result.Signal = WIFSIGNALED(Status) ? WTERMSIG(Status) : 0;
    Result.ExitCode = Result.Signal ? 128 + Result.Signal : WEXITSTATUS(Status);
    return true;
  }

  void onLimit() {
    std::vector<pid_t> Asked;
    if (!Result.TimedOut)
      Asked = catchingMembers(Pid, SIGQUIT);
    for (pid_t Member : Asked)
      kill(Member, SIGQUIT);
    if (Asked.empty())
      kill(-Pid, SIGKILL);
    Result.TimedOut = true;
    Limit = secondsSince(Start) + kAnalysisSeconds;
  }

  pid_t Pid;
  double Limit;
  ProcessResult &Result;
  Clock::time_point Start = Clock::now();
};

void takeBackTerminal() {
  if (!isatty(STDIN_FILENO))
    return;
  auto Old = std::signal(SIGTTOU, SIG_IGN);
  tcsetpgrp(STDIN_FILENO, getpgrp());
  std::signal(SIGTTOU, Old);
}

} // namespace

ProcessResult runProcess(const ProcessRequest &Request) {
  ProcessResult Result;
  int ErrorPipe[2];
  if (pipe2(ErrorPipe, O_CLOEXEC)) {
    Result.Error = std::strerror(errno);
    return Result;
  }
  sigset_t Waited = waitedSignals(), OldMask;
  sigprocmask(SIG_BLOCK, &Waited, &OldMask);
  pid_t Pid = fork();
  if (Pid == 0)
    execChild(Request, OldMask, ErrorPipe[1]);
  close(ErrorPipe[1]);
  int Error = Pid < 0 ? errno : 0;
  if (Pid > 0) {
    setpgid(Pid, Pid);
    (void)!read(ErrorPipe[0], &Error, sizeof(Error));
    Child(Pid, Request, Result).waitForEnd();
    takeBackTerminal();
  }
  close(ErrorPipe[0]);
  Result.Started = Error == 0;
  Result.Error = Error ? std::strerror(Error) : "";
  sigprocmask(SIG_SETMASK, &OldMask, nullptr);
  return Result;
}

Captured captureProcess(const std::vector<std::string> &Argv,
                        unsigned TimeoutSeconds) {
  llvm::SmallString<128> File;
  if (llvm::sys::fs::createTemporaryFile("heddle", "txt", File))
    return {-1, "cannot create a temporary file"};
  auto Program = llvm::sys::findProgramByName(Argv[0]);
  std::vector<llvm::StringRef> Args(Argv.begin(), Argv.end());
  std::optional<llvm::StringRef> Redirects[] = {llvm::StringRef(""), File.str(),
                                                File.str()};
  std::string Error;
  Captured Result;
  if (Program)
    Result.ExitCode = llvm::sys::ExecuteAndWait(
        *Program, Args, std::nullopt, Redirects, TimeoutSeconds, 0, &Error);
  if (auto Buffer = llvm::MemoryBuffer::getFile(File))
    Result.Output = (*Buffer)->getBuffer().str() + Error;
  llvm::sys::fs::remove(File);
  return Result;
}

} // namespace heddle
