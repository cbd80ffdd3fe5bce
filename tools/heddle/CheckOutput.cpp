// Prints findings for people and writes them for programs.
#include "CheckOutput.h"

#include "Command.h"
#include "Result.h"
#include "core/Text.h"
#include "report/FindingJson.h"
#include "report/Paths.h"
#include "report/Sarif.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/raw_ostream.h>

namespace heddle {
namespace {

namespace json = llvm::json;

std::string count(size_t N, const char *Noun) {
  return llvm::formatv("{0} {1}{2}", N, Noun, N == 1 ? "" : "s").str();
}

// A copy with paths as a reader in Root would write them.
Finding shortened(Finding F, const std::string &Root) {
  for (Location *L : {&F.Where, &F.Context})
    if (L->valid())
      L->File = relativeTo(Root, L->File);
  for (Note &N : F.Notes)
    if (N.Where.valid())
      N.Where.File = relativeTo(Root, N.Where.File);
  return F;
}

std::string closingLine(const CheckReport &Report) {
  const StandaloneResult &R = Report.Result;
  std::string Files = count(R.Files, Report.Noun);
  std::string Time = llvm::formatv("{0:f1} s", Report.Seconds).str();
  if (R.Cached)
    Time += ", " + std::to_string(R.Cached) + " cached";
  size_t Errors = llvm::count_if(
      R.Findings, [](const Finding &F) { return F.Level == Severity::Error; });
  size_t Warnings = R.Findings.size() - Errors;
  std::string Missing;
  if (size_t N = R.Errors.size() + R.Unknown.size())
    Missing = count(N, Report.Noun) + " not analysed";
  if (R.Findings.empty() && Missing.empty())
    return "heddle: ok - " + Files + ", 0 findings, " + Time;
  if (R.Findings.empty())
    return "heddle: incomplete - " + Missing + " of " + Files +
           ", 0 findings in the others, " + Time;
  std::vector<std::string> Parts;
  if (Errors)
    Parts.push_back(count(Errors, "error"));
  if (Warnings)
    Parts.push_back(count(Warnings, "warning"));
  return llvm::join(Parts, ", ") + " in " + Files +
         (Missing.empty() ? "" : " (" + Missing + ")") + " · " + Time;
}

// The first few, and how many more.
std::string namesOf(const CheckReport &Report) {
  constexpr size_t kMostNames = 3;
  std::vector<std::string> Names;
  for (const std::string &File : Report.Result.Unknown)
    if (Names.size() < kMostNames)
      Names.push_back(relativeTo(Report.Root, File));
  size_t More = Report.Result.Unknown.size() - Names.size();
  return llvm::join(Names, ", ") +
         (More ? " and " + std::to_string(More) + " more" : "");
}

void printText(const CheckReport &Report, llvm::raw_ostream &Out) {
  for (const ModelDiagnostic &D : Report.Result.ModelProblems)
    Out << D.File << ':' << D.Line << ':' << D.Column
        << ": warning: " << D.Message << " [model]\n";
  for (const Finding &F : Report.Result.Findings)
    Out << renderText(shortened(F, Report.Root)) << '\n';
  for (const FileError &E : Report.Result.Errors)
    Out << relativeTo(Report.Root, E.File)
        << ": error: not analysed: " << E.Message << '\n';
  if (!Report.Result.Unknown.empty())
    Out << "incomplete: no summary in " << namesOf(Report)
        << "; compile with heddle cxx\n";
  Out << closingLine(Report) << '\n';
}

json::Value asSarif(const CheckReport &Report) {
  SarifRun Run{Report.Root, {}, &Report.Result.Findings, Report.ExitCode};
  for (const Check &C : allChecks())
    Run.Rules.push_back({C.Id, C.Rule});
  for (const Finding &F : Report.Result.Findings)
    if (!findCheck(F.CheckId) &&
        llvm::none_of(Run.Rules,
                      [&](const SarifRule &R) { return R.Id == F.CheckId; }))
      Run.Rules.push_back({F.CheckId, F.Message}); // about an allow comment
  return toSarif(Run);
}

llvm::Error writeOne(const CheckReport &Report, const CheckFormat &Format) {
  std::error_code Error;
  llvm::raw_fd_ostream Out(Format.File, Error);
  if (Error)
    return llvm::createStringError(Error, "cannot write " + Format.File);
  if (Format.Name == "text")
    printText(Report, Out);
  else if (Format.Name == "sarif")
    Out << llvm::formatv("{0:2}", asSarif(Report)) << '\n';
  else
    Out << llvm::formatv("{0:2}", json::Value(resultOf(Report))) << '\n';
  return llvm::Error::success();
}

} // namespace

std::string selectChecks(const std::string &Text, CheckSelection &Selection) {
  std::vector<std::string> Ids;
  for (const Check &C : allChecks())
    Ids.push_back(C.Id);
  llvm::SmallVector<llvm::StringRef> Parts;
  llvm::StringRef(Text).split(Parts, ',', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Id : Parts) {
    bool Off = Id.consume_front("-");
    if (!findCheck(std::string_view(Id)))
      return "unknown check '" + Id.str() + "'" +
             suggestion(Id.str(), Ids, "heddle list shows them all");
    (Off ? Selection.Disabled : Selection.Only).push_back(Id.str());
  }
  return "";
}

int exitCodeOf(const StandaloneResult &R) {
  if (!R.Findings.empty())
    return kFindings;
  return R.Errors.empty() && R.Unknown.empty() ? kClean : kIncomplete;
}

std::string parseFormats(const std::string &Text,
                         std::vector<CheckFormat> &Formats) {
  llvm::SmallVector<llvm::StringRef> Parts;
  llvm::StringRef(Text).split(Parts, ',', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Part : Parts) {
    auto [Name, File] = Part.split('=');
    std::vector<std::string> Known = {"text", "json", "sarif"};
    if (!llvm::is_contained(Known, Name.str()))
      return "unknown format '" + Name.str() + "'" +
             suggestion(Name.str(), Known, "there are text, json, sarif");
    Formats.push_back({Name.str(), File.empty() ? "-" : File.str()});
  }
  return "";
}

llvm::Error writeReport(const CheckReport &Report,
                        const std::vector<CheckFormat> &Formats) {
  for (const CheckFormat &Format : Formats)
    if (llvm::Error E = writeOne(Report, Format))
      return E;
  return llvm::Error::success();
}

json::Object resultOf(const CheckReport &Report) {
  json::Array Findings, Errors;
  for (const Finding &F : Report.Result.Findings)
    Findings.push_back(toJson(F, Report.Root));
  for (const FileError &E : Report.Result.Errors)
    Errors.push_back(json::Object{{"file", relativeTo(Report.Root, E.File)},
                                  {"message", E.Message}});
  for (const std::string &File : Report.Result.Unknown)
    Errors.push_back(json::Object{{"file", relativeTo(Report.Root, File)},
                                  {"message", "no summary"}});
  bool Complete = Errors.empty();
  return json::Object{
      {"command", Report.Command},
      {"outcome", outcomeOf(Report.ExitCode, !Findings.empty(), Complete)},
      {"exitCode", Report.ExitCode},
      {"complete", Complete},
      {"files", int64_t(Report.Result.Files)},
      {"cached", int64_t(Report.Result.Cached)},
      {"seconds", Report.Seconds},
      {"notAnalysed", std::move(Errors)},
      {"findings", std::move(Findings)}};
}

} // namespace heddle
