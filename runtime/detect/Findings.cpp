// The way of findings that are no races from detect/ to report/.
#include "detect/Findings.h"

#include "detect/CallStack.h"
#include "detect/Describe.h"
#include "detect/Options.h"

namespace heddle {

FindingSink gFindingSink;

void reportBlocked(BlockedVerdict Verdict, const BlockedStrand *Strands,
                   size_t Count) {
  bool Wanted = Verdict == BlockedVerdict::LeakedAtExit ? gOptions.Leaks
                                                        : gOptions.Deadlocks;
  if (!Wanted || !Count || !gReportSink.blocked)
    return;
  InRuntime Inside;
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
