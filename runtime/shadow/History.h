// Applies the access rule to a cell's history, wherever that is kept.
//
// Thread safety: the caller holds the cell's lock.
#ifndef HEDDLE_SHADOW_HISTORY_H
#define HEDDLE_SHADOW_HISTORY_H

#include "clock/Knowledge.h"
#include "shadow/CellWord.h"
#include "shadow/Races.h"

namespace heddle {

// One application of the rule: what happens to each past access.
struct RuleStep {
  const PastAccess &A;
  const Knowledge &K;
  Races &Found;
  PastAccess Added;   // A, with the bytes of entries that it takes in
  bool Again = false; // a plain read was visited that A makes once more

  void visit(PastAccess &Past);
};

// Visits the past accesses of the cell that Step can affect, and adds
// Step.Added.
[[gnu::noinline]] void recordInHistory(uintptr_t Addr, CellState &Cell,
                                       RuleStep &Step);
// Removes these bytes from every past access.
void forgetInHistory(uintptr_t Addr, CellState &Cell, uint8_t Bytes);

} // namespace heddle
#endif
