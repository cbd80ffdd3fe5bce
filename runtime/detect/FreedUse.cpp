// Finds the free behind an access to freed memory.
#include "detect/FreedUse.h"

#include "detect/Heap.h"
#include "detect/Race.h"
#include "detect/Threads.h"
#include "platform/Modules.h"
#include "shadow/AccessRule.h"
#include "shadow/Freed.h"

namespace heddle {

bool isOtherMemory(uintptr_t Addr) {
  InRuntime Inside;
  Module M;
  bool IsThreadLocal;
  return findModule(Addr, M) || strandOfStack(Addr, IsThreadLocal);
}

static uintptr_t addressOf(const Race &R) {
  return R.Cell + unsigned(__builtin_ctz(R.Current.bytes()));
}

void findFree(Race &R) {
  R.Previous.Word = withMask(0, R.Current.bytes()) | kWriteBit;
  if (HeapBlock B; heapFindFreed(addressOf(R), B))
    R.Previous = {R.Previous.Word | B.FreeEpoch, B.FreePlace};
}

// The dynamic linker and the C library map memory for themselves.
bool isFreedUse(Strand &S, const Race &R) {
  uintptr_t Addr = addressOf(R), Page = Addr & ~uintptr_t(4095);
  if (!isOtherMemory(Addr))
    return true;
  unmarkFreed(Page, Page + 4096);
  Races Found;
  recordAccess(R.Cell, R.Current, S.Known, Found);
  reportRaces(S, Found);
  return false;
}

} // namespace heddle
