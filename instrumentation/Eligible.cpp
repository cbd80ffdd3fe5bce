// Tells memory that only one strand can see, or that nobody writes.
#include "Eligible.h"

#include "llvm/Analysis/CaptureTracking.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace heddle {

static bool isVtable(const Value &Pointer) {
  auto *G = dyn_cast<GlobalVariable>(Pointer.stripInBoundsOffsets());
  return G &&
         (G->getName().starts_with("_ZTV") || G->getName().starts_with("_ZTC"));
}

bool isVptrAccess(const Instruction &I) {
  if (MDNode *Tag = I.getMetadata(LLVMContext::MD_tbaa))
    return Tag->isTBAAVtableAccess();
  auto *Store = dyn_cast<StoreInst>(&I);
  return Store && isVtable(*Store->getValueOperand());
}

// Counters of other tools and the compiler's own flags: races on them are
// either harmless or not the user's.
static bool isCompilersOwn(const GlobalVariable &G) {
  StringRef Name = G.getName();
  return G.getSection().contains("__llvm_prf") ||
         G.getSection() == "llvm.metadata" || Name.starts_with("__llvm_gcov") ||
         Name.starts_with("__llvm_gcda") || Name.starts_with("__profc_") ||
         Name.starts_with("__sancov_gen_") || Name == "__tls_guard";
}

bool Eligible::escapes(const Value *Object) {
  auto [It, New] = Escapes.try_emplace(Object, true);
  if (New) {
    bool Captured = PointerMayBeCaptured(Object, /*ReturnCaptures=*/true,
                                         /*StoreCaptures=*/true);
    Escapes[Object] = Captured;
    return Captured;
  }
  return It->second;
}

static const Value *objectOf(const Value *Addr) {
  const Value *Object = getUnderlyingObject(Addr);
  if (auto *Call = dyn_cast<IntrinsicInst>(Object))
    if (Call->getIntrinsicID() == Intrinsic::threadlocal_address)
      return Call->getArgOperand(0);
  return Object;
}

bool Eligible::mayBeShared(const Value *Addr) {
  if (Addr->getType()->getPointerAddressSpace() != 0 || Addr->isSwiftError())
    return false;
  const Value *Object = objectOf(Addr);
  if (isa<AllocaInst>(Object))
    return escapes(Object);
  if (auto *A = dyn_cast<Argument>(Object); A && A->hasByValAttr())
    return escapes(Object);
  if (auto *G = dyn_cast<GlobalVariable>(Object))
    return !G->isConstant() && !isCompilersOwn(*G);
  if (isa<Function>(Object) || isa<BlockAddress>(Object))
    return false;
  // What a vtable pointer points to is a vtable, and those are constant.
  if (auto *Load = dyn_cast<LoadInst>(Object))
    return !isVptrAccess(*Load);
  return true;
}

bool Eligible::needsCheck(const Instruction &I, const Value *Addr) {
  return !I.hasMetadata(LLVMContext::MD_nosanitize) &&
         !I.hasMetadata(LLVMContext::MD_invariant_load) && mayBeShared(Addr);
}

} // namespace heddle
