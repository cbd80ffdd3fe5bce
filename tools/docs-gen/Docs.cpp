// Look-up in the generated table of pages.
#include "Docs.h"

#include <algorithm>

namespace heddle {

std::optional<std::string_view> explain(std::string_view Id) {
  // The word that newcomers look for.
  if (Id == "goroutine-leak")
    Id = "leak";
  auto Pages = docPages();
  auto It = std::lower_bound(
      Pages.begin(), Pages.end(), Id,
      [](const DocPage &P, std::string_view Wanted) { return P.Id < Wanted; });
  if (It == Pages.end() || It->Id != Id)
    return std::nullopt;
  return It->Text;
}

} // namespace heddle
