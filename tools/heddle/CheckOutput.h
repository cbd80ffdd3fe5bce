// What `heddle check` prints and writes: text, JSON, SARIF, result.json.
#ifndef HEDDLE_TOOLS_CHECKOUTPUT_H
#define HEDDLE_TOOLS_CHECKOUTPUT_H

#include "hosts/standalone/Standalone.h"

#include <llvm/Support/Error.h>
#include <llvm/Support/JSON.h>

#include <string>
#include <vector>

namespace heddle {

/// One of --format: `text`, or `json` or `sarif` with the file to write to,
/// `-` being standard output.
struct CheckFormat {
  std::string Name;
  std::string File = "-";
};

/// Reads `text,json=F,sarif=F`. Returns what is wrong with it, or "".
std::string parseFormats(const std::string &Text,
                         std::vector<CheckFormat> &Formats);

struct CheckReport {
  std::string Root; // the working folder
  const char *Command = "check";
  const char *Noun = "file"; // what Result counts
  StandaloneResult Result;
  double Seconds = 0;
  int ExitCode = 0;
};

/// Reads --checks. Returns what is wrong with it, or "".
std::string selectChecks(const std::string &Text, CheckSelection &Selection);

/// The exit code of what was found and what could not be analysed.
int exitCodeOf(const StandaloneResult &R);

/// Prints or writes the report in each format.
llvm::Error writeReport(const CheckReport &Report,
                        const std::vector<CheckFormat> &Formats);

/// The object of result.json.
llvm::json::Object resultOf(const CheckReport &Report);

} // namespace heddle
#endif
