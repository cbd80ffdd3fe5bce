// Whole reports in ThreadSanitizer's shape, for HEDDLE=compat=tsan.
//
// Thread safety: callers hold the report's lock.
#ifndef HEDDLE_REPORT_TSANTEXT_H
#define HEDDLE_REPORT_TSANTEXT_H

#include "detect/Findings.h"
#include "report/Finding.h"

namespace heddle {

std::string tsanText(const RaceReport &R, const Finding &F);
std::string tsanText(const DeadlockReport &R, const Finding &F);
std::string tsanText(const LockOrderReport &R, const Finding &F);
std::string tsanText(const LockMisuseReport &R, const Finding &F);
// Titles of their own, as ThreadSanitizer knows no such finding: one stack for
// each of F's sides.
std::string tsanText(const std::string &Title, const Finding &F);
// Count threads were created at the place where Leaks[0] was.
std::string tsanText(const ThreadLeak &Leak, const Finding &F);

// The lines at the end of a run.
std::string tsanClosing();

} // namespace heddle
#endif
