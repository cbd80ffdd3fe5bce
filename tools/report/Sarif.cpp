// Writes a SARIF log: rules, results with related locations, flows and fixes.
#include "report/Sarif.h"

#include "report/Paths.h"

#include <map>

namespace heddle {
namespace {

namespace json = llvm::json;

class Writer {
public:
  explicit Writer(const SarifRun &Run) : Run(Run) {
    for (size_t I = 0; I < Run.Rules.size(); ++I)
      RuleIndex[Run.Rules[I].Id] = int64_t(I);
  }

  json::Value log() const {
    json::Array Results;
    for (const Finding &F : *Run.Findings)
      Results.push_back(result(F));
    json::Object Invocation{{"executionSuccessful", Run.ExitCode <= 1},
                            {"exitCode", Run.ExitCode}};
    json::Object Base{{"uri", "file://" + uriPath(Run.Root) + "/"}};
    json::Object Only{
        {"tool", json::Object{{"driver", driver()}}},
        {"columnKind", "unicodeCodePoints"},
        {"originalUriBaseIds", json::Object{{"SRCROOT", std::move(Base)}}},
        {"invocations", json::Array{std::move(Invocation)}},
        {"results", std::move(Results)}};
    return json::Object{
        {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
        {"version", "2.1.0"},
        {"runs", json::Array{std::move(Only)}}};
  }

private:
  static json::Object text(const std::string &Words) {
    return json::Object{{"text", Words}};
  }

  json::Object driver() const {
    json::Array Rules;
    for (const SarifRule &R : Run.Rules)
      Rules.push_back(json::Object{{"id", R.Id},
                                   {"name", R.Id},
                                   {"shortDescription", text(R.Summary)},
                                   {"help", text("heddle explain " + R.Id)}});
    return json::Object{{"name", "Heddle"},
                        {"semanticVersion", HEDDLE_VERSION},
                        {"rules", std::move(Rules)}};
  }

  json::Object artifact(const std::string &File) const {
    std::string Path = relativeTo(Run.Root, File);
    if (Path.starts_with("/"))
      return json::Object{{"uri", "file://" + uriPath(Path)}};
    return json::Object{{"uri", uriPath(Path)}, {"uriBaseId", "SRCROOT"}};
  }

  json::Object physical(const Location &At) const {
    json::Object Region{{"startLine", At.Line}, {"startColumn", At.Column}};
    if (At.Length > 0)
      Region["endColumn"] = At.Column + At.Length;
    return json::Object{{"artifactLocation", artifact(At.File)},
                        {"region", std::move(Region)}};
  }

  json::Object location(const Location &At, const std::string &Words) const {
    json::Object Here{{"physicalLocation", physical(At)}};
    if (!Words.empty())
      Here["message"] = text(Words);
    return Here;
  }

  json::Array related(const Finding &F) const {
    json::Array All;
    for (const Note &N : F.Notes) {
      if (!N.Where.valid())
        continue;
      json::Object Here = location(N.Where, N.Message);
      Here["id"] = int64_t(All.size() + 1);
      All.push_back(std::move(Here));
    }
    return All;
  }

  // The notes in order, ending where the finding is: how it comes about.
  json::Array flows(const Finding &F) const {
    json::Array Steps;
    for (const Note &N : F.Notes)
      if (N.Where.valid())
        Steps.push_back(
            json::Object{{"location", location(N.Where, N.Message)}});
    Steps.push_back(json::Object{{"location", location(F.Where, F.Message)}});
    json::Object Flow{{"threadFlows", json::Array{json::Object{
                                          {"locations", std::move(Steps)}}}}};
    return json::Array{std::move(Flow)};
  }

  json::Object fix(const Fix &F) const {
    std::map<std::string, json::Array> ByFile;
    for (const Replacement &R : F.Edits)
      ByFile[R.File].push_back(json::Object{
          {"deletedRegion",
           json::Object{{"byteOffset", R.Offset}, {"byteLength", R.Length}}},
          {"insertedContent", text(R.Text)}});
    json::Array Changes;
    for (auto &[File, Replacements] : ByFile)
      Changes.push_back(
          json::Object{{"artifactLocation", artifact(File)},
                       {"replacements", std::move(Replacements)}});
    return json::Object{{"description", text(F.Title)},
                        {"artifactChanges", std::move(Changes)}};
  }

  json::Object result(const Finding &F) const {
    json::Object R{
        {"ruleId", F.CheckId},
        {"level", F.Level == Severity::Error ? "error" : "warning"},
        {"message", text(F.Message)},
        {"locations", json::Array{location(F.Where, "")}},
        {"partialFingerprints", json::Object{{"heddle/v1", F.Fingerprint}}}};
    if (auto I = RuleIndex.find(F.CheckId); I != RuleIndex.end())
      R["ruleIndex"] = I->second;
    if (!F.Notes.empty()) {
      R["relatedLocations"] = related(F);
      R["codeFlows"] = flows(F);
    }
    json::Array Fixes;
    for (const Fix &Each : F.Fixes)
      Fixes.push_back(fix(Each));
    if (!Fixes.empty())
      R["fixes"] = std::move(Fixes);
    return R;
  }

  const SarifRun &Run;
  std::map<std::string, int64_t> RuleIndex;
};

} // namespace

json::Value toSarif(const SarifRun &Run) { return Writer(Run).log(); }

} // namespace heddle
