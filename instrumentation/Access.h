// One memory access that is to be checked, and the emission of its check.
#ifndef HEDDLE_INSTRUMENTATION_ACCESS_H
#define HEDDLE_INSTRUMENTATION_ACCESS_H

#include "Hooks.h"
#include "ThreadBlock.h"

#include "llvm/IR/DebugLoc.h"
#include "llvm/Support/Alignment.h"

#include <optional>

namespace heddle {

struct Access {
  llvm::Instruction *At; // the check goes before it
  llvm::DebugLoc Line;   // of the access; At's if empty
  llvm::Value *Addr;     // first byte
  uint64_t Size = 0;     // bytes, if known
  llvm::Align Alignment; // of Addr
  bool IsWrite = false;
  bool IsVptr = false;
  std::optional<unsigned> InCell;     // Addr modulo 8, if known
  bool OutOfLine = false;             // call the hook without a test
  llvm::Value *DynamicSize = nullptr; // bytes, i64, if Size is not known
  llvm::Value *Stored = nullptr;      // the new vtable pointer
  llvm::Value *Epoch = nullptr;       // set by assignEpochs
};

// True if the check of A begins with the inline test of heddle/Abi.h and so
// needs the strand's epoch.
bool isTestedInline(const Access &A);

// Emits the checks of all accesses. Block structure changes; analyses die.
void emitChecks(llvm::MutableArrayRef<Access> Accesses, Hooks &H,
                ThreadBlock &Block);

// True if the strand's epoch may differ after I.
bool mayChangeEpoch(const llvm::Instruction &I);

// Gives each access that is tested inline the strand's epoch at that point.
void assignEpochs(llvm::Function &F, llvm::MutableArrayRef<Access> Accesses,
                  ThreadBlock &Block);

} // namespace heddle
#endif
