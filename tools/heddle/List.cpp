// heddle list: the checks that are built in, one line each.
#include "Command.h"

#include "core/Check.h"

#include <CLI/CLI.hpp>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

namespace heddle {

static const char *nameOf(Tier T) {
  switch (T) {
  case Tier::Precise:
    return "precise";
  case Tier::Default:
    return "default";
  case Tier::Optional:
    return "optional";
  }
  return "";
}

static void printJson() {
  llvm::json::Array All;
  for (const Check &C : allChecks())
    All.push_back(llvm::json::Object{
        {"id", C.Id}, {"tier", nameOf(C.T)}, {"rule", C.Rule}});
  llvm::outs() << llvm::formatv("{0:2}", llvm::json::Value(std::move(All)))
               << '\n';
}

int mainList(const std::vector<std::string> &Args) {
  CLI::App App("Lists the checks. precise: on, right by construction; default: "
               "on, gated by\nthe corpus; optional: asked for with --checks.",
               "heddle list");
  bool Json = false;
  App.add_flag("--json", Json, "as a JSON array");
  if (auto Code = parseArguments(App, Args))
    return *Code;
  if (Json) {
    printJson();
    return kClean;
  }
  for (const Check &C : allChecks())
    llvm::outs() << llvm::left_justify(C.Id, 24)
                 << llvm::left_justify(nameOf(C.T), 10) << C.Rule << '\n';
  return kClean;
}

} // namespace heddle
