// `// heddle:allow(check-id) reason` in the source.
//
// An id may also be a kind of finding of a run, which the runtime looks up.
// The comment covers its own line; on a line of its own it covers the next
// line that holds code. A missing reason, an unknown check id and a comment
// that suppresses nothing are findings themselves: `allow-without-reason`,
// `allow-unknown-check`, `allow-unused`.
#ifndef HEDDLE_CORE_SUPPRESSIONS_H
#define HEDDLE_CORE_SUPPRESSIONS_H

#include "core/Registry.h"

namespace heddle {

struct Allow {
  std::vector<std::string> CheckIds;
  Location Where;
  uint32_t CoveredLine = 0;
  bool HasReason = false;
  bool Used = false;
};

// All allow comments of a file, in order.
std::vector<Allow> findAllows(const SourceFile &F);

// Removes the findings that are allowed. Returns all comments.
std::vector<Allow> obeyAllows(const Unit &U, std::vector<Finding> &Findings);

// Removes the findings that are allowed and adds those about the comments.
// Comments for checks that did not run are not called unused.
void applyAllows(const Unit &U, const CheckSelection &S,
                 std::vector<Finding> &Findings);

} // namespace heddle

#endif
