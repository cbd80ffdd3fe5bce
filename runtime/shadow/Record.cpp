// Memory of records and crowds.
#include "shadow/Record.h"

#include "base/Arena.h"
#include "base/Pool.h"

#include <utility>

namespace heddle {
namespace {

constinit Pool<Record> Records;

size_t crowdSize(uint32_t Capacity) {
  return sizeof(Crowd) + Capacity * sizeof(PastAccess);
}

} // namespace

void initRecords(void *Region, size_t Bytes) { Records.init(Region, Bytes); }

void leaveRecords(uint32_t Count) { Records.leave(Count); }

Record &recordAt(uint32_t Id) { return *Records.at(Id); }

uint32_t allocateRecord() { return Records.allocate(); }

void releaseRecord(uint32_t Id) {
  Record &R = recordAt(Id);
  freeCrowd(std::exchange(R.Many, nullptr));
  R.Count = 0;
  Records.release(Id);
}

void lockRecords() { Records.lockAll(); }
void unlockRecords() { Records.unlockAll(); }

uint32_t recordsInUse() { return Records.liveCount(); }

Crowd *makeCrowd(uint32_t Capacity) {
  auto *C = static_cast<Crowd *>(arenaAllocate(crowdSize(Capacity)));
  if (C)
    C->Capacity = Capacity;
  return C;
}

void freeCrowd(Crowd *C) {
  if (C)
    arenaFree(C, crowdSize(C->Capacity));
}

void Crowd::insert(const PastAccess &A) {
  uint32_t I = bucketOf(A.Word);
  while (Entry[I].bytes())
    I = (I + 1) & (Capacity - 1);
  Used += Entry[I].Place == 0;
  Entry[I] = A;
  Bytes[A.kind()] |= A.bytes();
}

} // namespace heddle
