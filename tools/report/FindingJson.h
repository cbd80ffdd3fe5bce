// A finding of the analyzer as an entry of result.json.
#ifndef HEDDLE_TOOLS_REPORT_FINDINGJSON_H
#define HEDDLE_TOOLS_REPORT_FINDINGJSON_H

#include "core/Finding.h"

#include <llvm/Support/JSON.h>

#include <string>

namespace heddle {

/// Paths below Root become relative. Root is absolute.
llvm::json::Object toJson(const Finding &F, const std::string &Root);

} // namespace heddle
#endif
