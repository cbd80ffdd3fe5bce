// Which memory can be seen by another strand, so that accesses to it matter.
#ifndef HEDDLE_INSTRUMENTATION_ELIGIBLE_H
#define HEDDLE_INSTRUMENTATION_ELIGIBLE_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Instructions.h"

namespace heddle {

// True if I loads or stores a vtable pointer. Without optimisation clang does
// not mark these; then only stores are known, by what they store.
bool isVptrAccess(const llvm::Instruction &I);

// Answers for one function; remembers what it found about its objects.
class Eligible {
public:
  // False only if no other strand can write what is at Addr (or only this one
  // can see it).
  bool mayBeShared(const llvm::Value *Addr);
  // The same for an access by I, honouring what I itself says.
  bool needsCheck(const llvm::Instruction &I, const llvm::Value *Addr);
  // For allocas and byval arguments: does its address leave the function's
  // own loads and stores?
  bool escapes(const llvm::Value *Object);

private:
  llvm::DenseMap<const llvm::Value *, bool> Escapes;
};

} // namespace heddle
#endif
