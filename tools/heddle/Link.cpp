// heddle link: joins the summaries of objects and archives after any build.
#include "CheckOutput.h"
#include "Command.h"
#include "Result.h"

#include <CLI/CLI.hpp>
#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>

#include <chrono>
#include <thread>

namespace heddle {
namespace {

struct LinkOptions {
  std::vector<std::string> Objects;
  std::string Formats = "text", Checks, OutDir = "heddle-out";
  unsigned Jobs = std::thread::hardware_concurrency();
};

void declare(CLI::App &App, LinkOptions &O) {
  App.add_option("objects", O.Objects, "objects and archives of one program")
      ->required();
  App.add_option("-j,--jobs", O.Jobs, "scopes at a time")
      ->check(CLI::PositiveNumber);
  App.add_option("--format", O.Formats,
                 "text, json, json=FILE, sarif=FILE, separated by commas")
      ->capture_default_str();
  App.add_option("--checks", O.Checks,
                 "only these, or all but these: a,b or -a,-b");
  App.add_option("--out", O.OutDir, "folder that receives result.json")
      ->capture_default_str();
  App.footer("Compile with `heddle cxx`, or with clang++ and "
             "--config=heddle.cfg. Tells only what needs several files.");
}

} // namespace

int mainLink(const std::vector<std::string> &Args) {
  CLI::App App("Finds bugs that need several files, in their objects.",
               "heddle link");
  LinkOptions O;
  declare(App, O);
  if (auto Code = parseArguments(App, Args))
    return *Code;
  CheckSelection Checks;
  std::vector<CheckFormat> Formats;
  if (std::string M = selectChecks(O.Checks, Checks); !M.empty())
    return failWith(kUsage, M);
  if (std::string M = parseFormats(O.Formats, Formats); !M.empty())
    return failWith(kUsage, M);
  auto Start = std::chrono::steady_clock::now();
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  CheckReport Report{std::string(Here), "link", "object",
                     joinObjects(O.Objects, Checks, O.Jobs)};
  Report.Seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - Start)
          .count();
  Report.ExitCode = exitCodeOf(Report.Result);
  if (llvm::Error E = writeReport(Report, Formats))
    return failWith(kUsage, llvm::toString(std::move(E)));
  if (llvm::Error E = writeResult(O.OutDir, resultOf(Report)))
    return failWith(kUsage, llvm::toString(std::move(E)));
  return Report.ExitCode;
}

} // namespace heddle
