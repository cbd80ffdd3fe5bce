// Findings of the analyzer as SARIF 2.1.0.
//
// Reference: OASIS SARIF 2.1.0, with what GitHub's code scanning asks on top:
// one run, paths relative to the root, stable rule ids, partialFingerprints.
// Not clang's own SARIF output, whose rule ids are numbers that change.
#ifndef HEDDLE_TOOLS_REPORT_SARIF_H
#define HEDDLE_TOOLS_REPORT_SARIF_H

#include "core/Finding.h"

#include <llvm/Support/JSON.h>

#include <string>
#include <vector>

namespace heddle {

struct SarifRule {
  std::string Id;
  std::string Summary;
};

struct SarifRun {
  std::string Root; // absolute; paths below it become relative
  std::vector<SarifRule> Rules;
  const std::vector<Finding> *Findings;
  int ExitCode = 0;
};

/// The whole document. Requires: each finding's CheckId is one of Rules.
llvm::json::Value toSarif(const SarifRun &Run);

} // namespace heddle
#endif
