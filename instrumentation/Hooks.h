// The runtime's hooks as a module being instrumented sees them.
#ifndef HEDDLE_INSTRUMENTATION_HOOKS_H
#define HEDDLE_INSTRUMENTATION_HOOKS_H

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

namespace heddle {

enum class Hook : uint8_t {
#define HEDDLE_HOOK(Enumerator, Symbol, Convention, Result, ...) Enumerator,
#include "Abi.def"
};

enum class AtomicHook : uint8_t {
#define HEDDLE_ATOMIC(Enumerator, Operation, Result, ...) Enumerator,
#include "Abi.def"
};

// Declares hooks in a module on first use and emits calls of them.
class Hooks {
public:
  explicit Hooks(llvm::Module &M) : M(M) {}

  llvm::CallInst *call(llvm::IRBuilderBase &B, Hook H,
                       llvm::ArrayRef<llvm::Value *> Args);
  // Bits: 8, 16, 32, 64 or 128.
  llvm::CallInst *call(llvm::IRBuilderBase &B, AtomicHook H, unsigned Bits,
                       llvm::ArrayRef<llvm::Value *> Args);

  llvm::Module &module() const { return M; }

private:
  llvm::FunctionCallee declare(llvm::StringRef Symbol, llvm::FunctionType *T,
                               bool Hot);

  llvm::Module &M;
};

// True for a call of the runtime, which is never instrumented itself.
bool isHook(const llvm::CallBase &Call);
// True for a hook that leaves the strand's epoch as it is.
bool keepsEpoch(const llvm::CallBase &Call);

} // namespace heddle
#endif
