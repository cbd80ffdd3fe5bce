// Decides where a function loads its strand's epoch.
//
// The epoch changes only at calls, atomics and fences, so it is a variable
// that is assigned there and at entry. The variable is written down as a stack
// slot and promoted to registers, which leaves one load after each place of
// change that an inline test can follow, keeps it out of loops that have
// none, and merges paths with phis.
#include "Access.h"

#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/ValueHandle.h"
#include "llvm/Transforms/Utils/PromoteMemToReg.h"

using namespace llvm;

namespace heddle {

// A callee that writes no
// memory cannot synchronise, and neither do intrinsics.
bool mayChangeEpoch(const Instruction &I) {
  auto *Call = dyn_cast<CallBase>(&I);
  if (!Call)
    return I.isAtomic();
  if (Call->hasFnAttr(Attribute::ReturnsTwice))
    return true;
  if (isa<IntrinsicInst>(Call) || keepsEpoch(*Call))
    return false;
  return !Call->onlyReadsMemory();
}

namespace {

class EpochVariable {
public:
  EpochVariable(Function &F, ThreadBlock &Block) : Block(Block) {
    IRBuilder<> B(&F.getEntryBlock(), F.getEntryBlock().begin());
    Slot = B.CreateAlloca(B.getInt64Ty());
    Instruction *AtEntry = Block.entryEpoch();
    B.SetInsertPoint(Block.start());
    B.SetCurrentDebugLocation(DebugLoc());
    B.CreateStore(AtEntry, Slot);
  }

  void assignAfter(Instruction &I) {
    if (!I.isTerminator()) {
      auto *Call = dyn_cast<CallInst>(&I);
      if (!Call || !Call->isMustTailCall())
        assignBefore(*I.getNextNode());
      return;
    }
    for (BasicBlock *Successor : successors(&I))
      if (auto At = Successor->getFirstInsertionPt(); At != Successor->end())
        assignBefore(*At);
  }

  Value *useBefore(Instruction *At) {
    IRBuilder<> B(At);
    return B.CreateLoad(B.getInt64Ty(), Slot);
  }

  void promote(Function &F) {
    DominatorTree DT(F);
    PromoteMemToReg(Slot, DT);
  }

private:
  void assignBefore(Instruction &At) {
    IRBuilder<> B(&At);
    B.SetCurrentDebugLocation(DebugLoc());
    B.CreateStore(Block.loadEpoch(B), Slot);
  }

  ThreadBlock &Block;
  AllocaInst *Slot;
};

} // namespace

void assignEpochs(Function &F, MutableArrayRef<Access> Accesses,
                  ThreadBlock &Block) {
  if (none_of(Accesses, isTestedInline))
    return;
  SmallVector<Instruction *, 32> Changes;
  for (Instruction &I : instructions(F))
    if (mayChangeEpoch(I))
      Changes.push_back(&I);

  EpochVariable Variable(F, Block);
  for (Instruction *I : Changes)
    Variable.assignAfter(*I);
  std::vector<WeakTrackingVH> Uses(Accesses.size());
  for (size_t I = 0; I < Accesses.size(); ++I)
    if (isTestedInline(Accesses[I]))
      Uses[I] = Variable.useBefore(Accesses[I].At);
  Variable.promote(F);
  for (size_t I = 0; I < Accesses.size(); ++I) {
    Accesses[I].Epoch = Uses[I];
    Accesses[I].OutOfLine |= !Uses[I];
  }
}

} // namespace heddle
