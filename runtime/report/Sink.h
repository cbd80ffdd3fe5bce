// The functions behind gReportSink and gFindingSink, one per kind of finding.
//
// Thread safety: callers hold the report's lock.
#ifndef HEDDLE_REPORT_SINK_H
#define HEDDLE_REPORT_SINK_H

#include "detect/Findings.h"
#include "report/Finding.h"

namespace heddle {

void reportRace(const RaceReport &R);
void reportBlockedStrands(const BlockedReport &R);
void reportChannelMisuse(const MisuseReport &R);
void reportDeadlock(const DeadlockReport &R);
void reportLockMisuse(const LockMisuseReport &R);
void reportLockOrder(const LockOrderReport &R);
void reportThreadLeaks(const ThreadLeak *Leaks, size_t Count);
// The timers of go:: that main has left behind.
void reportLeftTimers();

// One line for each suppression that had nothing to do, if verbose is set.
std::string unusedSuppressions();
// Calls Do(Arg) with the report's lock held; not at all while the calling
// thread reports.
void withReportLock(void (*Do)(void *), void *Arg);

// The closing line, empty if nothing is to be said.
std::string summaryLine(int Code, double Seconds);
// The same when a signal, or exec, ends the run.
std::string killedLine(int Signal, double Seconds);
std::string replacedLine(double Seconds);
// The same by somebody who must not allocate.
void printKilledPlainly(int Signal);
// Writes the findings file if there is an option out. Code: the exit code.
void writeFindingsFile(int Code, double Seconds);

} // namespace heddle
#endif
