// The analysis of what needs several files: scopes that cross from one into
// another, judged by the same checks.
#ifndef HEDDLE_HOSTS_STANDALONE_JOIN_H
#define HEDDLE_HOSTS_STANDALONE_JOIN_H

#include "core/Registry.h"
#include "facts/summary/Program.h"
#include "hosts/standalone/Cache.h"

namespace heddle {

struct JoinResult {
  std::vector<Finding> Findings;    // that no file gives alone
  std::vector<Location> UsedAllows; // comments that suppressed another
  size_t Scopes = 0;
  size_t Cached = 0; // of them: as in an earlier run
};

// Blocks: until all scopes are analysed, by `Jobs` threads.
JoinResult joinFiles(const Program &P, const CheckSelection &Checks,
                     unsigned Jobs, Cache &Kept);

} // namespace heddle

#endif
