// The thread block (heddle/Abi.h) as one instrumented function addresses it.
//
// Invariants:
// - No absolute address of the block exists: each load and store is relative
//   to %fs, so that a function may resume on another OS thread at any call.
// - V is Context as it was when the function was entered. It may be loaded
//   wherever no call that stores Context can have come before.
#ifndef HEDDLE_INSTRUMENTATION_THREADBLOCK_H
#define HEDDLE_INSTRUMENTATION_THREADBLOCK_H

#include "llvm/IR/IRBuilder.h"

namespace llvm {
class DominatorTree;
class LoopInfo;
} // namespace llvm

namespace heddle {

class ThreadBlock {
public:
  // StoresContext: F has calls before which it stores a new Context.
  ThreadBlock(llvm::Function &F, bool StoresContext);

  // V, the function's calling context.
  llvm::Value *context(llvm::IRBuilderBase &B);
  void storeContext(llvm::IRBuilderBase &B, llvm::Value *Context);
  llvm::Instruction *loadEpoch(llvm::IRBuilderBase &B);
  // The epoch when the function was entered.
  llvm::Instruction *entryEpoch();
  // The first instruction after the loads at entry.
  llvm::Instruction *start() const;

  // Moves the loads at entry down to where all their uses need them, so that
  // early exits do not pay; removes what is not used. Call it last.
  void settle();

private:
  llvm::Value *field(llvm::IRBuilderBase &B, uint64_t At);
  void settle(llvm::Instruction *Load, llvm::DominatorTree &DT,
              llvm::LoopInfo &LI);

  llvm::Function &F;
  llvm::LoadInst *Offset;
  llvm::Instruction *EntryContext = nullptr;
  llvm::Instruction *EntryEpoch = nullptr;
  llvm::SmallVector<llvm::Instruction *, 16> Epochs;
};

} // namespace heddle
#endif
