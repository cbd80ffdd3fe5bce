// Places: where in the program an access was made, with the stack that led
// there, as 31-bit ids.
//
// A place is named by the calling-context value, the return address of the hook
// and the locks held; its stack is captured once, when the place is new.
// Thread safety: all functions may be called by any thread at any time.
// Reference: Bond, McKinley, Probabilistic Calling Context (OOPSLA'07).
#ifndef HEDDLE_EVENT_PLACE_H
#define HEDDLE_EVENT_PLACE_H

#include "event/LockSets.h"
#include "event/StackCapture.h"
#include "event/ThreadState.h"

#include <cstddef>
#include <cstdint>

namespace heddle {

enum class PlaceKind : uint8_t {
  Plain,
  Atomic,
  Free,
  VptrWrite,
  VptrRead,
  Allocation
};

struct Place {
  uint64_t Context;
  uint64_t PcAndKind; // kind in the top byte
  uint32_t Stack;     // see StackDepot.h
  uint32_t Locks;     // see LockSets.h
  uint32_t Next;
  bool InChecked; // of an allocation: by a module with checks

  uintptr_t pc() const { return PcAndKind & ((1ull << 56) - 1); }
  PlaceKind kind() const { return PlaceKind(PcAndKind >> 56); }
  bool matches(const Place &K) const {
    return Context == K.Context && PcAndKind == K.PcAndKind && Locks == K.Locks;
  }
};

bool initPlaces();
void leavePlaces(uint32_t Count); // see detect/Presets.h

// What a thread looked up lately. Context, site and lock set are one sum here:
// like two contexts, two sums meet by chance in 2^64. Room for the sites of a
// loop under each of many locks in turn.
struct PlaceCache {
  static constexpr unsigned kBits = 10;
  struct Entry {
    uint64_t Key;
    uint32_t Id;
  };
  // Two of one hash.
  struct Pair {
    Entry Newer, Older;
  } Pairs[1u << kBits];

  static uint64_t keyOf(uint64_t Context, uint64_t PcAndKind,
                        uint64_t LocksKey) {
    return Context + LocksKey + PcAndKind * 0xc4ceb9fe1a85ec53ull;
  }
  Pair &at(uint64_t Key) {
    return Pairs[Key * 0x9e3779b97f4a7c15ull >> (64 - kBits)];
  }
};

// Frame: the __builtin_frame_address(0) of a function of the runtime that was
// called, however far up, from Pc.
// Requires: Locks is not kStaleLocks.
[[gnu::noinline]] uint32_t internPlace(uint64_t Context, uint64_t PcAndKind,
                                       uint32_t Locks, const void *Frame);

// The id if this thread looked it up lately, else 0. LocksKey: lockSetKey() of
// the locks held.
inline uint32_t cachedPlace(uint64_t Context, uint64_t PcAndKind,
                            uint64_t LocksKey) {
  PlaceCache *C = threadState().Places;
  if (!C)
    return 0;
  uint64_t Key = PlaceCache::keyOf(Context, PcAndKind, LocksKey);
  const auto &P = C->at(Key);
  if (__builtin_expect(P.Newer.Key == Key, true))
    return P.Newer.Id;
  return P.Older.Key == Key ? P.Older.Id : 0;
}

// The place of an access by S.
inline uint32_t placeOfAccess(Strand &S, uint64_t Context, uint64_t PcAndKind,
                              const void *Frame) {
  uint32_t Locks = locksOf(S);
  uint32_t Id = cachedPlace(Context, PcAndKind, S.LocksKey);
  return Id ? Id : internPlace(Context, PcAndKind, Locks, Frame);
}
inline uint32_t placeOfAccess(Strand &S, uint64_t Context, uintptr_t Pc,
                              PlaceKind Kind, const void *Frame) {
  return placeOfAccess(S, Context, Pc | uint64_t(Kind) << 56, Frame);
}

// A place without locks, for things that are no accesses.
inline uint32_t placeFor(uint64_t Context, uintptr_t Pc, PlaceKind Kind,
                         const void *Frame) {
  uint64_t PcAndKind = Pc | uint64_t(Kind) << 56;
  uint32_t Id = cachedPlace(Context, PcAndKind, 0);
  return Id ? Id : internPlace(Context, PcAndKind, kNoLocks, Frame);
}

// The calling thread's strand has ended: what the thread looked up is not
// needed any more.
void dropPlaceCache();

const Place &placeAt(uint32_t Id);

} // namespace heddle
#endif
