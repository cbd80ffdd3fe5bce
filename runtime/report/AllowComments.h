// Whether the source itself allows a finding: `// heddle:allow(kind) reason`.
//
// Thread safety: callers hold the report's lock.
#ifndef HEDDLE_REPORT_ALLOWCOMMENTS_H
#define HEDDLE_REPORT_ALLOWCOMMENTS_H

#include "report/Finding.h"

namespace heddle {

// Returns true if an allow comment for F's kind covers the user's line of one
// of its sides, or the declaration of the global that it is about. A comment
// without a reason allows nothing, and is told once.
bool isAllowed(const Finding &F);

} // namespace heddle
#endif
