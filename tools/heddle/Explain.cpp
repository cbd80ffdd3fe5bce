// heddle explain: the page of a check or of a run-time report.
#include "Command.h"

#include "docs-gen/Docs.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace heddle {

int mainExplain(const std::vector<std::string> &Args) {
  CLI::App App("Shows what a finding means, why it is a bug, a bad and a good "
               "program.",
               "heddle explain");
  std::string Id;
  App.add_option("id", Id, "as in the finding: wg-add-in-goroutine, data-race")
      ->required();
  if (auto Code = parseArguments(App, Args))
    return *Code;
  if (auto Page = explain(Id)) {
    std::fwrite(Page->data(), 1, Page->size(), stdout);
    return kClean;
  }
  std::vector<std::string> Ids;
  for (const DocPage &P : docPages())
    Ids.emplace_back(P.Id);
  return failWith(kUsage,
                  "no page about '" + Id + "'" +
                      suggestion(Id, Ids, "heddle list shows them all"));
}

} // namespace heddle
