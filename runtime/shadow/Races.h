// The races that one access turned out to be part of, one for each place.
//
// Thread safety: none; lives on the stack of the accessing thread.
#ifndef HEDDLE_SHADOW_RACES_H
#define HEDDLE_SHADOW_RACES_H

#include "shadow/Record.h"

namespace heddle {

struct Race {
  uintptr_t Cell;      // address of the 8 bytes
  PastAccess Current;  // with the bytes of the whole access in this cell
  PastAccess Previous; // with the bytes it still stands for

  // An access to memory that was freed; Previous is nothing.
  bool isOfFreed() const { return !Previous.Place; }
};

class Races {
public:
  Races() = default;
  ~Races();
  Races(const Races &) = delete;
  Races &operator=(const Races &) = delete;

  // The cell that add() speaks of.
  void beginCell(uintptr_t Addr) { Cell = Addr; }
  // A pair of places that is known already is dropped.
  [[gnu::noinline]] void add(const PastAccess &Current,
                             const PastAccess &Previous);
  void addFreed(const PastAccess &Current) { add(Current, PastAccess()); }
  const Race *begin() const { return Items; }
  const Race *end() const { return Items + Count; }
  bool empty() const { return !Count; }

private:
  bool grow();

  static constexpr uint32_t kInline = 4;
  uintptr_t Cell = 0;
  uint32_t Count = 0;
  uint32_t Capacity = kInline;
  Race *Items = First;
  Race First[kInline];
};

} // namespace heddle
#endif
