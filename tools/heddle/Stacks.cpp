// heddle stacks PID: has a running go:: program list its goroutines.
//
// It asks by SIGURG, which does nothing to a process that has no handler for
// it; the program prints the list, with waits and creation sites, on its own
// standard error.
#include "Command.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace heddle {
namespace {

// Whether a process exists, and has a handler for SIGURG.
bool readCaught(long Pid, bool &Caught) {
  std::ifstream In("/proc/" + std::to_string(Pid) + "/status");
  Caught = false;
  for (std::string Line; std::getline(In, Line);)
    if (Line.starts_with("SigCgt:")) {
      Caught = std::stoull(Line.substr(7), nullptr, 16) >> (SIGURG - 1) & 1;
      return true;
    }
  return false;
}

} // namespace

int mainStacks(const std::vector<std::string> &Args) {
  if (!Args.empty() && (Args[0] == "--help" || Args[0] == "-h")) {
    std::puts("Has the go:: program PID list its goroutines on its standard "
              "error:\nwhat each waits for, where, and where it was created."
              "\n\nusage: heddle stacks PID");
    return kClean;
  }
  char *End = nullptr;
  long Pid = Args.size() == 1 ? std::strtol(Args[0].c_str(), &End, 10) : 0;
  if (Pid <= 0 || *End)
    return failWith(kUsage, "which process? usage: heddle stacks PID");
  bool Caught = false;
  if (!readCaught(Pid, Caught))
    return failWith(kUsage, "there is no process " + Args[0]);
  if (!Caught)
    return failWith(kUsage, "process " + Args[0] + " is not within go::main");
  if (kill(pid_t(Pid), SIGURG))
    return failWith(kUsage, "cannot signal process " + Args[0] + ": " +
                                strerror(errno));
  return kClean;
}

} // namespace heddle
