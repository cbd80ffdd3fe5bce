// Stack variables whose address escapes: where their life begins.
#ifndef HEDDLE_INSTRUMENTATION_STACK_H
#define HEDDLE_INSTRUMENTATION_STACK_H

#include "Eligible.h"
#include "Hooks.h"
#include "ThreadBlock.h"

#include "llvm/IR/IntrinsicInst.h"

namespace heddle {

// One beginning of the life of an alloca or byval argument.
struct StackLife {
  llvm::Value *Object;
  // Its lifetime marker; null: it lives from where it is allocated.
  llvm::IntrinsicInst *Marker = nullptr;
};

// Finds the beginnings of all escaping objects of F, and aligns its allocas to
// cells, so that no two of them share one.
llvm::SmallVector<StackLife, 8> findStackLives(llvm::Function &F, Eligible &E);

// The bytes that the beginning of A's life writes: all it has. None if it is
// too large, or has no constant size; its life then begins empty.
uint64_t bytesOwned(const llvm::AllocaInst &A);

// Calls heddle_stack_own or heddle_stack_begin for each.
void beginStackLives(llvm::ArrayRef<StackLife> Lives, Hooks &H,
                     ThreadBlock &Block);

} // namespace heddle
#endif
