// Writes a finding, its notes and its fixes as JSON.
#include "report/FindingJson.h"

#include "report/Paths.h"

namespace heddle {

namespace json = llvm::json;

static json::Object place(const Location &At, const std::string &Root) {
  return json::Object{{"file", relativeTo(Root, At.File)},
                      {"line", At.Line},
                      {"column", At.Column}};
}

static json::Object toJson(const Fix &F, const std::string &Root) {
  json::Array Edits;
  for (const Replacement &R : F.Edits)
    Edits.push_back(json::Object{{"file", relativeTo(Root, R.File)},
                                 {"offset", R.Offset},
                                 {"length", R.Length},
                                 {"line", R.Line},
                                 {"column", R.Column},
                                 {"text", R.Text}});
  return json::Object{
      {"title", F.Title}, {"safe", F.Safe}, {"edits", std::move(Edits)}};
}

json::Object toJson(const Finding &F, const std::string &Root) {
  json::Array Notes, Fixes;
  for (const Note &N : F.Notes) {
    json::Object Entry =
        N.Where.valid() ? place(N.Where, Root) : json::Object{};
    Entry["message"] = N.Message;
    Notes.push_back(std::move(Entry));
  }
  for (const Fix &Each : F.Fixes)
    Fixes.push_back(toJson(Each, Root));
  json::Object Entry = place(F.Where, Root);
  Entry["check"] = F.CheckId;
  Entry["id"] = F.Fingerprint;
  Entry["level"] = F.Level == Severity::Error ? "error" : "warning";
  Entry["message"] = F.Message;
  Entry["function"] = F.Function;
  Entry["notes"] = std::move(Notes);
  Entry["fixes"] = std::move(Fixes);
  return Entry;
}

} // namespace heddle
