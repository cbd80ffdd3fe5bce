// heddle-out/result.json: what a command found, always written.
//
// One JSON object: heddle (version), command, outcome, exitCode, seconds,
// findings, and for `run` one entry of `runs` per run with what each process
// left in its findings file. A finding that several runs or processes made is
// one entry; `seen` says how often.
#ifndef HEDDLE_TOOLS_RESULT_H
#define HEDDLE_TOOLS_RESULT_H

#include <llvm/Support/Error.h>
#include <llvm/Support/JSON.h>

#include <map>
#include <string>

namespace heddle {

/// The findings files that the processes of one run left in a folder.
struct RunFindings {
  llvm::json::Array Processes; // each file without its findings
  llvm::json::Array Findings;
  unsigned Broken = 0; // files that are no valid JSON: a process was killed
};

/// Reads every <pid>.json of Folder, in the order of the process numbers.
RunFindings readFindings(const std::string &Folder);

/// Adds From to Into; findings with the same id become one.
void mergeFindings(llvm::json::Array &Into, llvm::json::Array From);

/// How often each suppression of Processes has matched, by 'file:line: text';
/// adds to Into.
void countSuppressions(std::map<std::string, int64_t> &Into,
                       const llvm::json::Array &Processes);

/// Adds up an integer member over all processes: goroutines, accesses.
int64_t sumOver(const llvm::json::Array &Processes, llvm::StringRef Member);

/// Writes OutDir/result.json as a whole or not at all, making OutDir.
llvm::Error writeResult(const std::string &OutDir, llvm::json::Object Result);

/// The word for `outcome`. Complete: everything was parsed, or watched.
const char *outcomeOf(int ExitCode, bool HasFindings, bool Complete);

} // namespace heddle
#endif
