// Which strands have read a cell: a set of epochs named by a stamp that takes
// the place of the write word of a cell with a record.
//
// Where several strands read the same data, each pushes the others out of the
// read word. A strand that comes again finds itself in the set, without the
// cell's lock.
//
// Invariants:
// - A stamp is below kAtomicBit: its mask is empty, so no inline test matches.
// - A stamp means one set for ever. The sets themselves lie in a ring: one
//   that was overwritten is found no more, which only costs time.
// - While the write word of a cell is a stamp, each member's read of its bytes
//   is in the cell's history. Whoever writes or forgets bytes of the cell
//   changes the word.
// So the reads that a stamp answers are redundant: the member's entry is still
// there, since nobody but a writer could end an epoch that goes on; whatever
// races with the read that is skipped races with that entry.
// Thread safety: all functions may be called by any thread at any time.
#ifndef HEDDLE_SHADOW_READERSET_H
#define HEDDLE_SHADOW_READERSET_H

#include "shadow/Record.h"

namespace heddle {

bool initReaderSets();

// The stamp of the plain reads of R; 0 if there are too many for a set, or by
// chance.
uint64_t stampOfReaders(const Record &R);

constexpr bool isStamp(uint64_t Write) { return Write - 1 < kAtomicBit - 1; }

// What a thread looked up lately: its strand's bytes in the set of a stamp.
struct StampCache {
  static constexpr unsigned kEntries = 64;
  struct Entry {
    uint64_t Stamp;
    EpochWord Mine;
  } Entries[kEntries];
};
extern __thread StampCache gStampCache
    __attribute__((tls_model("initial-exec"), visibility("hidden")));

// Cache entry Mine says that the read Word (mask and epoch) was made before.
constexpr bool standsForRead(EpochWord Mine, EpochWord Word) {
  return sameEpoch(Mine, Word) && !(maskOf(Word) & ~maskOf(Mine));
}

// True if Write is the stamp of a set that Word is in, as far as the thread's
// cache knows.
[[gnu::always_inline]] inline bool isReaderLately(uint64_t Write,
                                                  EpochWord Word) {
  const auto &E = gStampCache.Entries[Write % StampCache::kEntries];
  // An empty entry has no bytes; the stamps of others are stamps.
  return E.Stamp == Write && standsForRead(E.Mine, Word);
}
// The same for certain, for any Write; fills the cache.
bool isReader(uint64_t Write, EpochWord Word);

} // namespace heddle
#endif
