// Computes calling contexts.
//
// Reference: M. Bond and K. McKinley, Probabilistic Calling Context,
// OOPSLA 2007. Deviation: a direct self-recursive call keeps V.
#include "Context.h"
#include "Hooks.h"

#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace heddle {

bool passesContext(const CallBase &Call) {
  if (isa<IntrinsicInst>(Call) || Call.isInlineAsm() || isHook(Call))
    return false;
  if (const Function *F = Call.getCalledFunction(); F && F->isIntrinsic())
    return false;
  return !Call.doesNotAccessMemory();
}

// Numbers the call sites of a function: odd, positive as 32-bit values so that
// one lea computes 3 * V + Site, the same in each compilation of the module.
class SiteNumbers {
public:
  explicit SiteNumbers(const Function &F)
      : Base(xxh3_64bits(
            (F.getParent()->getSourceFileName() + "\n" + F.getName()).str())) {}

  uint32_t next() {
    uint64_t Words[] = {Base, Ordinal++};
    uint64_t Hash = xxh3_64bits(
        ArrayRef(reinterpret_cast<const uint8_t *>(Words), sizeof(Words)));
    return (static_cast<uint32_t>(Hash) & 0x7fffffff) | 1;
  }

private:
  uint64_t Base;
  uint64_t Ordinal = 0;
};

void passContext(Function &F, ArrayRef<CallBase *> Calls, ThreadBlock &Block) {
  SiteNumbers Sites(F);
  for (CallBase *Call : Calls) {
    IRBuilder<> B(Call);
    Value *V = Block.context(B);
    uint32_t Site = Sites.next();
    if (Call->getCalledFunction() != &F)
      V = B.CreateAdd(B.CreateMul(V, B.getInt64(3)), B.getInt64(Site));
    Block.storeContext(B, V);
  }
}

} // namespace heddle
