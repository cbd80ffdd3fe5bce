// Threads that were left behind.
#include "detect/Leak.h"

#include "base/Arena.h"
#include "detect/Describe.h"
#include "detect/Findings.h"
#include "detect/Options.h"
#include "detect/Threads.h"

namespace heddle {
namespace {

// One for all that were created at one place.
size_t gather(Strand *const *Left, size_t Count, ThreadLeak *Out) {
  size_t Kinds = 0;
  for (size_t I = 0; I < Count; ++I) {
    const StrandRecord *Who = Left[I]->Record;
    size_t K = 0;
    while (K < Kinds && Out[K].CreationStack != Who->CreationStack)
      ++K;
    if (K < Kinds) {
      ++Out[K].More;
      continue;
    }
    Out[Kinds++] = {describeRecord(*Who), Who->CreationStack, 0};
  }
  return Kinds;
}

} // namespace

void reportLeakedThreads() {
  if (!gOptions.ThreadLeaks || !gFindingSink.threadLeaks)
    return;
  InRuntime Inside;
  size_t Room = leakedThreads(nullptr, 0);
  auto **Left = static_cast<Strand **>(arenaAllocate(Room * sizeof(Strand *)));
  auto *Leaks =
      static_cast<ThreadLeak *>(arenaAllocate(Room * sizeof(ThreadLeak)));
  if (!Room || !Left || !Leaks)
    return;
  size_t Count = leakedThreads(Left, Room);
  gFindingSink.threadLeaks(Leaks,
                           gather(Left, Count < Room ? Count : Room, Leaks));
  arenaFree(Leaks, Room * sizeof(ThreadLeak));
  arenaFree(Left, Room * sizeof(Strand *));
}

} // namespace heddle
