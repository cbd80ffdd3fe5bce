// memcpy, memmove, memset, their inline and element-atomic forms, and byval.
#include "Intrinsics.h"

using namespace llvm;

namespace heddle {

// Up to this size the back end expands an intrinsic of constant length in
// place at every optimisation level; it must not reach the interceptor too.
static constexpr uint64_t kExpandedInPlace = 64;

static bool isExpandedInPlace(const AnyMemIntrinsic &I) {
  if (isa<MemCpyInlineInst>(I) || isa<MemSetInlineInst>(I) ||
      isa<AtomicMemIntrinsic>(I))
    return true;
  auto *Length = dyn_cast<ConstantInt>(I.getLength());
  return Length && Length->getValue().ule(kExpandedInPlace);
}

static bool isShared(const AnyMemIntrinsic &I, Eligible &E) {
  if (I.hasMetadata(LLVMContext::MD_nosanitize))
    return false;
  auto *Transfer = dyn_cast<AnyMemTransferInst>(&I);
  return E.mayBeShared(I.getRawDest()) ||
         (Transfer && E.mayBeShared(Transfer->getRawSource()));
}

static bool inDefaultSpace(const AnyMemIntrinsic &I) {
  auto *Transfer = dyn_cast<AnyMemTransferInst>(&I);
  return I.getDestAddressSpace() == 0 &&
         (!Transfer || Transfer->getSourceAddressSpace() == 0);
}

bool isHookedIntrinsic(const AnyMemIntrinsic &I, Eligible &E) {
  return !isExpandedInPlace(I) && inDefaultSpace(I) && isShared(I, E);
}

void replaceIntrinsic(AnyMemIntrinsic &I, Hooks &H, ThreadBlock &Block) {
  IRBuilder<> B(&I);
  Value *Length = B.CreateZExtOrTrunc(I.getLength(), B.getInt64Ty());
  Value *V = Block.context(B);
  if (auto *Transfer = dyn_cast<AnyMemTransferInst>(&I))
    H.call(B, isa<AnyMemMoveInst>(I) ? Hook::Memmove : Hook::Memcpy,
           {I.getRawDest(), Transfer->getRawSource(), Length, V});
  else
    H.call(B, Hook::Memset,
           {I.getRawDest(),
            B.CreateZExt(cast<AnyMemSetInst>(I).getValue(), B.getInt32Ty()),
            Length, V});
  I.eraseFromParent();
}

static Access rangeAt(Instruction &At, Value *Addr, Value *Length,
                      MaybeAlign Alignment, bool IsWrite) {
  Access A;
  A.At = &At;
  A.Addr = Addr;
  A.Alignment = Alignment.valueOrOne();
  A.IsWrite = IsWrite;
  if (auto *Constant = dyn_cast<ConstantInt>(Length))
    A.Size = Constant->getZExtValue();
  else
    A.DynamicSize = IRBuilder<>(&At).CreateZExtOrTrunc(
        Length, Type::getInt64Ty(At.getContext()));
  return A;
}

void appendAccesses(AnyMemIntrinsic &I, Eligible &E,
                    SmallVectorImpl<Access> &Accesses) {
  if (auto *Length = dyn_cast<ConstantInt>(I.getLength());
      Length && Length->isZero())
    return;
  auto *Transfer = dyn_cast<AnyMemTransferInst>(&I);
  if (Transfer && E.needsCheck(I, Transfer->getRawSource()))
    Accesses.push_back(rangeAt(I, Transfer->getRawSource(), I.getLength(),
                               Transfer->getSourceAlign(), false));
  if (E.needsCheck(I, I.getRawDest()))
    Accesses.push_back(
        rangeAt(I, I.getRawDest(), I.getLength(), I.getDestAlign(), true));
}

void appendCopies(CallBase &Call, Eligible &E,
                  SmallVectorImpl<Access> &Accesses) {
  const DataLayout &Layout = Call.getDataLayout();
  for (unsigned I = 0; I < Call.arg_size(); ++I) {
    Value *Argument = Call.getArgOperand(I);
    if (!Call.isByValArgument(I) || !E.needsCheck(Call, Argument))
      continue;
    uint64_t Size = Layout.getTypeAllocSize(Call.getParamByValType(I));
    Value *Length = ConstantInt::get(Type::getInt64Ty(Call.getContext()), Size);
    if (Size)
      Accesses.push_back(
          rangeAt(Call, Argument, Length, Call.getParamAlign(I), false));
  }
}

} // namespace heddle
