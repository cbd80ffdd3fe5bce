// Emits heddle_stack_own and heddle_stack_begin.
#include "Stack.h"
#include "Layout.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace heddle {
namespace {

// A larger variable costs more to write than its first accesses would.
constexpr uint64_t kMaxOwned = 128;

class LifeEmitter {
public:
  LifeEmitter(Hooks &H, ThreadBlock &Block) : H(H), Block(Block) {}

  void emit(const StackLife &Life);

private:
  Instruction *beginOf(const StackLife &Life) const;
  Value *bytesOf(Value *Object, IRBuilderBase &B) const;

  Hooks &H;
  ThreadBlock &Block;
};

Value *LifeEmitter::bytesOf(Value *Object, IRBuilderBase &B) const {
  auto *A = dyn_cast<AllocaInst>(Object);
  const DataLayout &Layout = H.module().getDataLayout();
  if (!A)
    return B.getInt64(
        Layout.getTypeAllocSize(cast<Argument>(Object)->getParamByValType()));
  TypeSize Size = Layout.getTypeAllocSize(A->getAllocatedType());
  Value *Element = B.CreateTypeSize(B.getInt64Ty(), Size);
  if (!A->isArrayAllocation())
    return Element;
  return B.CreateMul(B.CreateZExtOrTrunc(A->getArraySize(), B.getInt64Ty()),
                     Element);
}

// Static allocas stay together at the top of the entry block.
Instruction *LifeEmitter::beginOf(const StackLife &Life) const {
  if (Life.Marker)
    return Life.Marker->getNextNode();
  auto *A = dyn_cast<AllocaInst>(Life.Object);
  return A && !A->isStaticAlloca() ? A->getNextNode() : Block.start();
}

void LifeEmitter::emit(const StackLife &Life) {
  IRBuilder<> B(beginOf(Life));
  if (Life.Marker)
    B.SetCurrentDebugLocation(Life.Marker->getDebugLoc());
  auto *A = dyn_cast<AllocaInst>(Life.Object);
  if (uint64_t Owned = A ? bytesOwned(*A) : 0) {
    H.call(B, Hook::StackOwn, {A, B.getInt64(Owned), Block.context(B)});
    return;
  }
  Value *Bytes = bytesOf(Life.Object, B);
  if (auto *Constant = dyn_cast<ConstantInt>(Bytes);
      !Constant || !Constant->isZero())
    H.call(B, Hook::StackBegin, {Life.Object, Bytes});
}

} // namespace

uint64_t bytesOwned(const AllocaInst &A) {
  std::optional<TypeSize> Size = A.getAllocationSize(A.getDataLayout());
  if (!A.isStaticAlloca() || !Size || Size->isScalable())
    return 0;
  uint64_t Bytes = Size->getFixedValue();
  return Bytes <= kMaxOwned ? Bytes : 0;
}

// The rest of an alloca's last cell is nobody's: what may follow it in the
// frame is aligned to cells as well, or not checked.
SmallVector<StackLife, 8> findStackLives(Function &F, Eligible &E) {
  SmallVector<AllocaInst *, 16> Escaping;
  DenseMap<AllocaInst *, SmallVector<IntrinsicInst *, 2>> Starts;
  for (Instruction &I : instructions(F)) {
    if (auto *A = dyn_cast<AllocaInst>(&I); A && E.mayBeShared(A))
      Escaping.push_back(A);
    auto *Marker = dyn_cast<LifetimeIntrinsic>(&I);
    if (Marker && Marker->getIntrinsicID() == Intrinsic::lifetime_start)
      if (AllocaInst *A = findAllocaForValue(Marker->getArgOperand(1)))
        Starts[A].push_back(Marker);
  }
  SmallVector<StackLife, 8> Lives;
  for (AllocaInst *A : Escaping) {
    if (A->isStaticAlloca())
      A->setAlignment(std::max(A->getAlign(), Align(kCellBytes)));
    if (Starts[A].empty())
      Lives.push_back({A});
    for (IntrinsicInst *Marker : Starts[A])
      Lives.push_back({A, Marker});
  }
  for (Argument &A : F.args())
    if (A.hasByValAttr() && E.escapes(&A))
      Lives.push_back({&A});
  return Lives;
}

void beginStackLives(ArrayRef<StackLife> Lives, Hooks &H, ThreadBlock &Block) {
  LifeEmitter Emitter(H, Block);
  for (const StackLife &Life : Lives)
    Emitter.emit(Life);
}

} // namespace heddle
