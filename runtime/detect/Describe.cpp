// Reads strands and stacks out for reports.
#include "detect/Describe.h"

#include "base/Arena.h"
#include "detect/Heap.h"
#include "event/Place.h"
#include "event/StackDepot.h"

#include <cstring>

namespace heddle {

StackRef keepStack(uint32_t StackId) {
  uintptr_t Pcs[kMaxStack];
  size_t Size = readStack(StackId, Pcs, kMaxStack);
  if (!Size)
    return {};
  auto *Kept = static_cast<uintptr_t *>(arenaAllocate(Size * sizeof(*Pcs)));
  if (!Kept)
    return {};
  memcpy(Kept, Pcs, Size * sizeof(*Pcs));
  return {Kept, Size};
}

StackRef stackOfPlace(uint32_t Place) {
  return Place ? keepStack(placeAt(Place).Stack) : StackRef();
}

StrandInfo describeRecord(const StrandRecord &R) {
  StrandInfo I;
  I.Id = R.Id;
  I.IsGoroutine = R.IsGoroutine;
  I.Finished = R.Finished;
  I.OsId = R.OsId;
  I.Name = R.Name;
  I.SpawnSite = R.Site;
  I.CreationStack = keepStack(R.CreationStack);
  I.ParentId = R.ParentId;
  return I;
}

StrandInfo describeStrand(const Strand &S) {
  return S.Record ? describeRecord(*S.Record) : StrandInfo();
}

const BlockInfo *describeBlock(const void *Addr) {
  HeapBlock B;
  if (!heapFind(reinterpret_cast<uintptr_t>(Addr), B))
    return nullptr;
  auto *I = arenaNew<BlockInfo>();
  if (!I)
    return nullptr;
  I->Begin = reinterpret_cast<const void *>(B.Begin);
  I->Size = B.Size;
  I->Freed = B.Freed;
  bool IsGoroutine = B.StrandId >> 31;
  if (auto *Who = recordOfId(B.StrandId & ~(1u << 31), IsGoroutine))
    I->AllocatedBy = describeRecord(*Who);
  if (B.Place)
    I->AllocatedAt = keepStack(placeAt(B.Place).Stack);
  if (!B.Freed)
    return I;
  if (auto *Who = recordOfEpoch(B.FreeEpoch))
    I->FreedBy = describeRecord(*Who);
  I->FreedAt = keepStack(placeAt(B.FreePlace).Stack);
  return I;
}

} // namespace heddle
