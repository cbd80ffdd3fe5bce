// heddle list: what Heddle finds, one line each.
#include "Command.h"

#include "docs-gen/Docs.h"

#include <CLI/CLI.hpp>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

namespace heddle {

static llvm::StringRef ref(std::string_view Text) {
  return {Text.data(), Text.size()};
}

static void printJson() {
  llvm::json::Array All;
  for (const DocPage &P : docPages())
    All.push_back(llvm::json::Object{
        {"id", ref(P.Id)}, {"tier", ref(P.Tier)}, {"rule", ref(P.Rule)}});
  llvm::outs() << llvm::formatv("{0:2}", llvm::json::Value(std::move(All)))
               << '\n';
}

int mainList(const std::vector<std::string> &Args) {
  CLI::App App("Lists what Heddle finds. precise: on, right by construction; "
               "default: on, gated\nby the corpus; optional: asked for with "
               "--checks; run time: found by heddle run.",
               "heddle list");
  bool Json = false;
  App.add_flag("--json", Json, "as a JSON array");
  if (auto Code = parseArguments(App, Args))
    return *Code;
  if (Json) {
    printJson();
    return kClean;
  }
  for (const DocPage &P : docPages())
    llvm::outs() << llvm::left_justify(ref(P.Id), 24)
                 << llvm::left_justify(ref(P.Tier), 10) << ref(P.Rule) << '\n';
  return kClean;
}

} // namespace heddle
