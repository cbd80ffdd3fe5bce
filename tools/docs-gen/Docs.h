// The pages behind `heddle explain`, compiled in.
//
// Generated at build time from analyzer/checks/<id>/ and docs/runtime-findings/
// by generate.py, so that a check's documentation is part of its folder.
#ifndef HEDDLE_DOCS_H
#define HEDDLE_DOCS_H

#include <optional>
#include <span>
#include <string_view>

namespace heddle {

/// One page. Tier is "precise", "default" or "optional" for a check, and
/// "run time" for what the runtime reports.
struct DocPage {
  std::string_view Id;
  std::string_view Tier;
  std::string_view Rule;
  std::string_view Text;
};

/// All pages, sorted by id.
std::span<const DocPage> docPages();

/// Returns the page of a check or of a run-time report, as Markdown.
std::optional<std::string_view> explain(std::string_view Id);

} // namespace heddle

#endif
