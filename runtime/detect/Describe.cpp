// Reads strands and stacks out for reports.
#include "detect/Describe.h"

#include "base/Arena.h"
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

} // namespace heddle
