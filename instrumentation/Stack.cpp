// Emits heddle_stack_begin.
#include "Stack.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace heddle {
namespace {

Value *bytesOf(AllocaInst &A, IRBuilderBase &B) {
  TypeSize Size = A.getDataLayout().getTypeAllocSize(A.getAllocatedType());
  Value *Element = B.CreateTypeSize(B.getInt64Ty(), Size);
  if (!A.isArrayAllocation())
    return Element;
  return B.CreateMul(B.CreateZExtOrTrunc(A.getArraySize(), B.getInt64Ty()),
                     Element);
}

// Static allocas stay together at the top of the entry block.
Instruction *beginOf(AllocaInst &A) {
  if (!A.isStaticAlloca())
    return A.getNextNode();
  return &*A.getFunction()->getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
}

void begin(AllocaInst &A, Instruction *At, Hooks &H) {
  IRBuilder<> B(At);
  Value *Bytes = bytesOf(A, B);
  if (auto *Constant = dyn_cast<ConstantInt>(Bytes);
      !Constant || !Constant->isZero())
    H.call(B, Hook::StackBegin, {&A, Bytes});
}

} // namespace

void beginStackLives(Function &F, Eligible &E, Hooks &H) {
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
  for (AllocaInst *A : Escaping) {
    if (Starts[A].empty())
      begin(*A, beginOf(*A), H);
    for (IntrinsicInst *Marker : Starts[A])
      begin(*A, Marker->getNextNode(), H);
  }
  for (Argument &A : F.args())
    if (A.hasByValAttr() && E.escapes(&A)) {
      IRBuilder<> B(&*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
      uint64_t Bytes =
          F.getDataLayout().getTypeAllocSize(A.getParamByValType());
      H.call(B, Hook::StackBegin, {&A, B.getInt64(Bytes)});
    }
}

} // namespace heddle
