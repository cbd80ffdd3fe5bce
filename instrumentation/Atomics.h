// Replaces atomic operations and fences by their hooks.
#ifndef HEDDLE_INSTRUMENTATION_ATOMICS_H
#define HEDDLE_INSTRUMENTATION_ATOMICS_H

#include "Hooks.h"
#include "ThreadBlock.h"

namespace heddle {

// True if I is atomic between threads and a hook can do its work.
bool isHookedAtomic(const llvm::Instruction &I);

// The address an atomic access goes to; null for a fence.
llvm::Value *addressOfAtomic(const llvm::Instruction &I);

// Requires: isHookedAtomic(I). Erases I; a read-modify-write operation without
// a hook of its own becomes a loop, so block structure may change.
void replaceAtomic(llvm::Instruction &I, Hooks &H, ThreadBlock &Block);

} // namespace heddle
#endif
