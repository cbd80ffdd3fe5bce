// The way of findings that are no races from detect/ to report/.
#include "detect/Findings.h"

#include "base/Arena.h"
#include "detect/CallStack.h"
#include "detect/Deadlock.h"
#include "detect/Describe.h"
#include "detect/Options.h"
#include "detect/WaitTable.h"

namespace heddle {

FindingSink gFindingSink;

// Who waits in a cycle, or for one, is in the report of that deadlock and is
// no leak besides.
static void reportLeaked(const BlockedStrand *Strands, size_t Count) {
  if (gOptions.Deadlocks)
    reportRestingCycles();
  if (!gOptions.Leaks)
    return;
  size_t Bytes = Count * sizeof(BlockedStrand), Left = 0;
  auto *Leaks = static_cast<BlockedStrand *>(arenaAllocate(Bytes));
  if (!Leaks)
    return;
  for (size_t I = 0; I < Count; ++I)
    if (!waitTable().leadsToReported(Strands[I].Object))
      Leaks[Left++] = Strands[I];
  if (Left)
    gReportSink.blocked({BlockedVerdict::LeakedAtExit, Leaks, Left});
  arenaFree(Leaks, Bytes);
}

void reportBlocked(BlockedVerdict Verdict, const BlockedStrand *Strands,
                   size_t Count) {
  if (!Count || !gReportSink.blocked)
    return;
  InRuntime Inside;
  if (Verdict == BlockedVerdict::LeakedAtExit)
    reportLeaked(Strands, Count);
  else if (gOptions.Deadlocks)
    gReportSink.blocked({Verdict, Strands, Count});
}

void reportMisuse(MisuseKind Kind, const void *Object, SourceSite Site,
                  SourceSite OtherSite) {
  if (!gOptions.Misuse || !gReportSink.misuse)
    return;
  InRuntime Inside;
  auto Pc = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
  gReportSink.misuse({Kind, Object, Site, OtherSite,
                      describeStrand(currentStrand()),
                      keepStack(callStack(Pc, __builtin_frame_address(0)))});
}

int exitCode(int Code) {
  InRuntime Inside;
  return gFindingSink.finish ? gFindingSink.finish(Code) : Code;
}

} // namespace heddle
