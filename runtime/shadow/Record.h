// The full history of a cell that does not fit into its two inline words.
//
// Invariants:
// - Each entry is one access: epoch, kind, the bytes for which it still
//   matters, place. An entry without bytes is dead.
// - Entries of plain writes have disjoint bytes: a plain write ends the
//   history of its bytes.
// Thread safety: a record is guarded by the lock of the one cell that holds it.
#ifndef HEDDLE_SHADOW_RECORD_H
#define HEDDLE_SHADOW_RECORD_H

#include "clock/Epoch.h"

#include <cstddef>
#include <cstdint>

namespace heddle {

// In the word of a past access, the shared bit says that it was a write.
inline constexpr EpochWord kWriteBit = kSharedBit;

struct __attribute__((packed, aligned(4))) PastAccess {
  EpochWord Word = 0; // mask, kWriteBit, kAtomicBit, slot, clock
  uint32_t Place = 0;

  bool isWrite() const { return Word & kWriteBit; }
  bool isAtomic() const { return Word & kAtomicBit; }
  bool isPlainWrite() const { return isWrite() && !isAtomic(); }
  uint8_t bytes() const { return maskOf(Word); }
  // 0 read, 1 atomic read, 2 write, 3 atomic write
  unsigned kind() const { return unsigned(Word >> 54) & 3; }
};

// A hash table of many accesses, keyed by strand slot. Never full.
struct Crowd {
  uint32_t Capacity; // a power of two
  uint32_t Used;     // entries that were ever filled, dead ones included
  uint8_t Bytes[4];  // by kind: no entry has other bytes than these
  uint32_t Unused;
  PastAccess Entry[];

  uint32_t bucketOf(EpochWord W) const {
    return slotOf(W) * 0x9e3779b1u >> 7 & (Capacity - 1);
  }
  // Requires: Used < Capacity.
  void insert(const PastAccess &A);
};

Crowd *makeCrowd(uint32_t Capacity);
void freeCrowd(Crowd *C);

struct Record {
  static constexpr unsigned kFew = 4;

  uint32_t FreeLink;
  uint32_t Count; // of Few
  Crowd *Many;
  PastAccess Few[kFew];
};
static_assert(sizeof(Record) == 64);

void initRecords(void *Region, size_t Bytes);
void leaveRecords(uint32_t Count); // see detect/Presets.h
// Returns 0 when memory is out.
uint32_t allocateRecord();
void releaseRecord(uint32_t Id); // with its crowd
Record &recordAt(uint32_t Id);
void lockRecords(); // around fork
void unlockRecords();
// Live records, for the summary and tests.
uint32_t recordsInUse();

} // namespace heddle
#endif
