// Merges findings files and writes result.json.
#include "Result.h"

#include "Command.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

#include <map>

namespace heddle {

namespace fs = llvm::sys::fs;
namespace json = llvm::json;

static std::map<uint64_t, std::string> findingsFiles(const std::string &Dir) {
  std::map<uint64_t, std::string> Files;
  std::error_code Error;
  for (fs::directory_iterator I(Dir, Error), End; I != End && !Error;
       I.increment(Error)) {
    uint64_t Pid;
    llvm::StringRef Stem = llvm::sys::path::stem(I->path());
    if (llvm::sys::path::extension(I->path()) == ".json" &&
        !Stem.getAsInteger(10, Pid))
      Files[Pid] = I->path();
  }
  return Files;
}

RunFindings readFindings(const std::string &Folder) {
  RunFindings Run;
  for (const auto &[Pid, Path] : findingsFiles(Folder)) {
    auto Buffer = llvm::MemoryBuffer::getFile(Path);
    auto Value = json::parse(Buffer ? (*Buffer)->getBuffer() : "");
    json::Object *Process = Value ? Value->getAsObject() : nullptr;
    if (!Process) {
      llvm::consumeError(Value.takeError());
      ++Run.Broken;
      continue;
    }
    if (json::Array *Findings = Process->getArray("findings"))
      mergeFindings(Run.Findings, std::move(*Findings));
    Process->erase("findings");
    Process->try_emplace("pid", int64_t(Pid));
    Run.Processes.push_back(std::move(*Process));
  }
  return Run;
}

static json::Object *findById(json::Array &Findings, llvm::StringRef Id) {
  for (json::Value &V : Findings)
    if (json::Object *F = V.getAsObject(); F && F->getString("id") == Id)
      return F;
  return nullptr;
}

void mergeFindings(json::Array &Into, json::Array From) {
  for (json::Value &V : From) {
    json::Object *New = V.getAsObject();
    if (!New)
      continue;
    int64_t Seen = New->getInteger("seen").value_or(1);
    auto Id = New->getString("id");
    if (json::Object *Old = Id ? findById(Into, *Id) : nullptr) {
      (*Old)["seen"] = Old->getInteger("seen").value_or(1) + Seen;
      continue;
    }
    (*New)["seen"] = Seen;
    Into.push_back(std::move(*New));
  }
}

void countSuppressions(std::map<std::string, int64_t> &Into,
                       const json::Array &Processes) {
  static const json::Array None;
  for (const json::Value &V : Processes) {
    const json::Object *P = V.getAsObject();
    const json::Array *All = P ? P->getArray("suppressions") : nullptr;
    for (const json::Value &Each : All ? *All : None) {
      const json::Object *S = Each.getAsObject();
      llvm::StringRef File = S ? S->getString("file").value_or("") : "";
      // Built into the program, or of a kind that nobody counts.
      if (File.empty() || S->getString("kind") == "called_from_lib")
        continue;
      std::string Text = llvm::formatv("{0}:{1}: {2}:{3}", File,
                                       S->getInteger("line").value_or(0),
                                       S->getString("kind").value_or(""),
                                       S->getString("pattern").value_or(""));
      Into[Text] += S->getInteger("matched").value_or(0);
    }
  }
}

int64_t sumOver(const json::Array &Processes, llvm::StringRef Member) {
  int64_t Sum = 0;
  for (const json::Value &V : Processes)
    if (const json::Object *P = V.getAsObject())
      Sum += P->getInteger(Member).value_or(0);
  return Sum;
}

llvm::Error writeResult(const std::string &OutDir, json::Object Result) {
  Result["heddle"] = HEDDLE_VERSION;
  if (std::error_code Error = fs::create_directories(OutDir))
    return llvm::createStringError(Error, "cannot make the folder " + OutDir);
  std::string Path = OutDir + "/result.json", New = Path + ".new";
  std::error_code Error;
  {
    llvm::raw_fd_ostream Out(New, Error);
    if (!Error)
      Out << llvm::formatv("{0:2}", json::Value(std::move(Result))) << '\n';
  }
  if (!Error)
    Error = fs::rename(New, Path);
  if (Error)
    return llvm::createStringError(Error, "cannot write " + Path);
  return llvm::Error::success();
}

const char *outcomeOf(int ExitCode, bool HasFindings, bool Complete) {
  if (ExitCode == kTimeout)
    return "timed-out";
  if (HasFindings)
    return "findings";
  if (!Complete)
    return "incomplete";
  return ExitCode == kClean ? "clean" : "failed";
}

} // namespace heddle
