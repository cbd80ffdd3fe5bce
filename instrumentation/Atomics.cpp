// Lowers loads, stores, read-modify-writes, compare-exchanges and fences.
//
// Ordering: the hook performs the operation with the order it is given; no
// memory order is strengthened or weakened here.
#include "Atomics.h"

#include "llvm/IR/Instructions.h"
#include "llvm/Support/AtomicOrdering.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/LowerAtomic.h"

using namespace llvm;

namespace heddle {
namespace {

// Bits of the integer that holds a T, or 0 if no hook has that width.
unsigned hookBits(Type *T, const DataLayout &Layout) {
  TypeSize Size = Layout.getTypeStoreSizeInBits(T);
  if (Size.isScalable() || Size != Layout.getTypeSizeInBits(T))
    return 0;
  uint64_t Bits = Size.getFixedValue();
  return Bits >= 8 && Bits <= 128 && isPowerOf2_64(Bits) ? Bits : 0;
}

Type *valueType(const Instruction &I) {
  if (auto *Load = dyn_cast<LoadInst>(&I))
    return Load->getType();
  if (auto *Store = dyn_cast<StoreInst>(&I))
    return Store->getValueOperand()->getType();
  if (auto *Modify = dyn_cast<AtomicRMWInst>(&I))
    return Modify->getValOperand()->getType();
  return cast<AtomicCmpXchgInst>(I).getNewValOperand()->getType();
}

// Lowers one operation.
class Lowering {
public:
  Lowering(Instruction &I, Hooks &H, ThreadBlock &Block)
      : I(I), H(H), B(&I), V(Block.context(B)) {
    if (isa<FenceInst>(I))
      return;
    T = valueType(I);
    Bits = hookBits(T, I.getDataLayout());
    Addr = addressOfAtomic(I);
  }

  void run();

private:
  Value *order(AtomicOrdering O) {
    return B.getInt32(static_cast<uint32_t>(toCABI(O)));
  }
  Value *toBits(Value *X) {
    Type *To = B.getIntNTy(Bits);
    return X->getType()->isPointerTy() ? B.CreatePtrToInt(X, To)
                                       : B.CreateBitCast(X, To);
  }
  Value *fromBits(Value *X) {
    return T->isPointerTy() ? B.CreateIntToPtr(X, T) : B.CreateBitCast(X, T);
  }
  Value *cas(Value *Expected, Value *Desired, AtomicOrdering Success,
             AtomicOrdering Failure) {
    return H.call(B, AtomicHook::Cas, Bits,
                  {Addr, toBits(Expected), toBits(Desired), order(Success),
                   order(Failure), V});
  }

  Value *load(LoadInst &Load) {
    return fromBits(H.call(B, AtomicHook::Load, Bits,
                           {Addr, order(Load.getOrdering()), V}));
  }
  void store(StoreInst &Store) {
    H.call(
        B, AtomicHook::Store, Bits,
        {Addr, toBits(Store.getValueOperand()), order(Store.getOrdering()), V});
  }
  Value *modify(AtomicRMWInst &Modify);
  Value *modifyInLoop(AtomicRMWInst &Modify);
  Value *compareExchange(AtomicCmpXchgInst &Exchange);

  Instruction &I;
  Hooks &H;
  IRBuilder<> B;
  Value *V;
  Type *T = nullptr;
  unsigned Bits = 0;
  Value *Addr = nullptr;
};

std::optional<AtomicHook> hookOf(AtomicRMWInst::BinOp Operation) {
  switch (Operation) {
  case AtomicRMWInst::Xchg:
    return AtomicHook::Exchange;
  case AtomicRMWInst::Add:
    return AtomicHook::FetchAdd;
  case AtomicRMWInst::Sub:
    return AtomicHook::FetchSub;
  case AtomicRMWInst::And:
    return AtomicHook::FetchAnd;
  case AtomicRMWInst::Or:
    return AtomicHook::FetchOr;
  case AtomicRMWInst::Xor:
    return AtomicHook::FetchXor;
  case AtomicRMWInst::Nand:
    return AtomicHook::FetchNand;
  default:
    return std::nullopt;
  }
}

Value *Lowering::modify(AtomicRMWInst &Modify) {
  auto Own = hookOf(Modify.getOperation());
  if (!Own)
    return modifyInLoop(Modify);
  return fromBits(H.call(
      B, *Own, Bits,
      {Addr, toBits(Modify.getValOperand()), order(Modify.getOrdering()), V}));
}

// Seen = load(relaxed); do { Old = Seen; Seen = cas(Old, op(Old, X)); }
// while (Seen != Old). Bits are compared, so that NaNs end the loop.
Value *Lowering::modifyInLoop(AtomicRMWInst &Modify) {
  Value *First = H.call(B, AtomicHook::Load, Bits,
                        {Addr, order(AtomicOrdering::Monotonic), V});
  BasicBlock *Entry = Modify.getParent();
  BasicBlock *Loop = Entry->splitBasicBlock(Modify.getIterator());
  BasicBlock *Exit = Loop->splitBasicBlock(Modify.getIterator());
  Loop->getTerminator()->eraseFromParent();

  B.SetInsertPoint(Loop);
  B.SetCurrentDebugLocation(Modify.getDebugLoc());
  PHINode *Old = B.CreatePHI(B.getIntNTy(Bits), 2);
  Old->addIncoming(First, Entry);
  Value *New = buildAtomicRMWValue(Modify.getOperation(), B, fromBits(Old),
                                   Modify.getValOperand());
  Value *Seen = cas(Old, New, Modify.getOrdering(), AtomicOrdering::Monotonic);
  Old->addIncoming(Seen, B.GetInsertBlock());
  B.CreateCondBr(B.CreateICmpEQ(Seen, Old), Exit, Loop);
  B.SetInsertPoint(&Modify);
  return fromBits(Old);
}

Value *Lowering::compareExchange(AtomicCmpXchgInst &Exchange) {
  Value *Expected = toBits(Exchange.getCompareOperand());
  Value *Old =
      cas(Expected, Exchange.getNewValOperand(), Exchange.getSuccessOrdering(),
          Exchange.getFailureOrdering());
  Value *Pair = PoisonValue::get(Exchange.getType());
  Pair = B.CreateInsertValue(Pair, fromBits(Old), 0);
  return B.CreateInsertValue(Pair, B.CreateICmpEQ(Old, Expected), 1);
}

void Lowering::run() {
  Value *Result = nullptr;
  if (auto *Load = dyn_cast<LoadInst>(&I))
    Result = load(*Load);
  else if (auto *Store = dyn_cast<StoreInst>(&I))
    store(*Store);
  else if (auto *Modify = dyn_cast<AtomicRMWInst>(&I))
    Result = modify(*Modify);
  else if (auto *Exchange = dyn_cast<AtomicCmpXchgInst>(&I))
    Result = compareExchange(*Exchange);
  else
    H.call(B, Hook::Fence, {order(cast<FenceInst>(I).getOrdering()), V});
  if (Result)
    I.replaceAllUsesWith(Result);
  I.eraseFromParent();
}

} // namespace

bool isHookedAtomic(const Instruction &I) {
  if (!I.isAtomic())
    return false;
  std::optional<SyncScope::ID> Scope = getAtomicSyncScopeID(&I);
  if (!Scope || *Scope == SyncScope::SingleThread)
    return false;
  return isa<FenceInst>(I) || hookBits(valueType(I), I.getDataLayout());
}

Value *addressOfAtomic(const Instruction &I) {
  if (const Value *Addr = getLoadStorePointerOperand(&I))
    return const_cast<Value *>(Addr);
  if (auto *Modify = dyn_cast<AtomicRMWInst>(&I))
    return const_cast<Value *>(Modify->getPointerOperand());
  if (auto *Exchange = dyn_cast<AtomicCmpXchgInst>(&I))
    return const_cast<Value *>(Exchange->getPointerOperand());
  return nullptr;
}

void replaceAtomic(Instruction &I, Hooks &H, ThreadBlock &Block) {
  Lowering(I, H, Block).run();
}

} // namespace heddle
