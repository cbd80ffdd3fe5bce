// Threads that were left behind.
#include "detect/Leak.h"

#include "detect/Describe.h"
#include "detect/Findings.h"
#include "detect/Options.h"
#include "detect/Threads.h"

namespace heddle {

void reportLeakedThreads() {
  constexpr size_t kMax = 64;
  if (!gOptions.ThreadLeaks || !gFindingSink.threadLeaks)
    return;
  InRuntime Inside;
  Strand *Left[kMax];
  ThreadLeak Leaks[kMax];
  size_t Count = leakedThreads(Left, kMax);
  for (size_t I = 0; I < Count; ++I)
    Leaks[I].Who = describeStrand(*Left[I]);
  gFindingSink.threadLeaks(Leaks, Count);
}

} // namespace heddle
