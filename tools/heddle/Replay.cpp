// heddle replay: runs a program again with the schedule of a recorded run.
//
// The file names the command and the folder that it ran in, so that the file
// alone is enough; all else is `heddle run`.
#include "Command.h"
#include "heddle/ScheduleFile.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace heddle {
namespace {

namespace fs = std::filesystem;

constexpr const char *kUsageText =
    "usage: heddle replay FILE [OPTIONS OF heddle run] [-- PROGRAM [ARGS]]\n\n"
    "Runs a program again with the schedule that `heddle run --record FILE`\n"
    "wrote. Without PROGRAM: the recorded command, in the recorded folder.\n";

// Reads the head of File. Returns what is wrong, or "".
std::string readHead(const std::string &File, Schedule &Out) {
  std::ifstream In(File, std::ios::binary);
  if (!In)
    return "cannot read " + File;
  std::string Text{std::istreambuf_iterator<char>(In), {}};
  std::string Wrong = parseSchedule(Text, Out);
  return Wrong.empty() ? "" : File + ": " + Wrong;
}

// Goes to where the recorded command ran. Returns what is wrong, or "".
std::string enterFolder(const Schedule &Recorded) {
  std::error_code Error;
  fs::current_path(Recorded.Folder, Error);
  return Error ? "cannot enter " + Recorded.Folder +
                     ", where it ran: " + Error.message() +
                     "; name the program after --"
               : "";
}

} // namespace

int mainReplay(const std::vector<std::string> &Args) {
  if (Args.empty() || Args[0] == "-h" || Args[0] == "--help") {
    std::fputs(kUsageText, Args.empty() ? stderr : stdout);
    return Args.empty() ? kUsage : kClean;
  }
  Schedule Recorded;
  if (std::string Wrong = readHead(Args[0], Recorded); !Wrong.empty())
    return failWith(kUsage, Wrong);
  std::string File = fs::absolute(Args[0]).string();
  if (File.find(',') != std::string::npos)
    return failWith(kUsage, "a comma in the path of " + File +
                                " cannot be passed to the runtime");
  std::vector<std::string> Run{"--sched", "replay:" + File};
  Run.insert(Run.end(), Args.begin() + 1, Args.end());
  for (const std::string &Arg : Args)
    if (Arg == "--")
      return mainRun(Run);
  if (std::string Wrong = enterFolder(Recorded); !Wrong.empty())
    return failWith(kUsage, Wrong);
  Run.push_back("--");
  Run.insert(Run.end(), Recorded.Command.begin(), Recorded.Command.end());
  return mainRun(Run);
}

} // namespace heddle
