// Addresses the thread block and places its loads.
#include "ThreadBlock.h"
#include "Layout.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace heddle {

static GlobalVariable *declareOffset(Module &M) {
  Type *I64 = Type::getInt64Ty(M.getContext());
  auto *G =
      cast<GlobalVariable>(M.getOrInsertGlobal("heddle_block_offset", I64));
  G->setConstant(true);
  return G;
}

ThreadBlock::ThreadBlock(Function &F, bool StoresContext) : F(F) {
  IRBuilder<> B(&*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  B.SetCurrentDebugLocation(DebugLoc());
  Offset = B.CreateAlignedLoad(B.getInt64Ty(), declareOffset(*F.getParent()),
                               Align(8), "heddle.block");
  Offset->setMetadata(LLVMContext::MD_invariant_load,
                      MDNode::get(F.getContext(), {}));
  if (StoresContext)
    EntryContext = B.CreateAlignedLoad(B.getInt64Ty(), field(B, kContextOffset),
                                       Align(8), "heddle.context");
}

Value *ThreadBlock::field(IRBuilderBase &B, uint64_t At) {
  Value *Address = At ? B.CreateAdd(Offset, B.getInt64(At)) : Offset;
  return B.CreateIntToPtr(Address,
                          PointerType::get(F.getContext(), kSegmentFs));
}

// A function that never stores Context may read it late: nothing in between
// changes it. So a leaf pays for it only on the way to a hook.
Value *ThreadBlock::context(IRBuilderBase &B) {
  if (EntryContext)
    return EntryContext;
  return B.CreateAlignedLoad(B.getInt64Ty(), field(B, kContextOffset), Align(8),
                             "heddle.context");
}

// Volatile: link-time optimisation takes the store for dead if it believes
// that the callee reads no memory.
void ThreadBlock::storeContext(IRBuilderBase &B, Value *Context) {
  B.CreateAlignedStore(Context, field(B, kContextOffset), Align(8),
                       /*isVolatile=*/true);
}

Instruction *ThreadBlock::loadEpoch(IRBuilderBase &B) {
  Epochs.push_back(B.CreateAlignedLoad(B.getInt64Ty(), field(B, kEpochOffset),
                                       Align(8), "heddle.epoch"));
  return Epochs.back();
}

Instruction *ThreadBlock::start() const {
  Instruction *Last = Offset;
  for (Instruction *Load : {EntryContext, EntryEpoch})
    if (Load)
      Last = Load;
  return Last->getNextNode();
}

Instruction *ThreadBlock::entryEpoch() {
  if (!EntryEpoch) {
    IRBuilder<> B(start());
    B.SetCurrentDebugLocation(DebugLoc());
    EntryEpoch = loadEpoch(B);
    Epochs.pop_back();
  }
  return EntryEpoch;
}

// The block that dominates all uses of I and lies in no loop; null if I is
// unused.
static BasicBlock *homeOf(Instruction &I, DominatorTree &DT, LoopInfo &LI) {
  BasicBlock *Home = nullptr;
  for (Use &U : I.uses()) {
    auto *User = cast<Instruction>(U.getUser());
    auto *Phi = dyn_cast<PHINode>(User);
    BasicBlock *At = Phi ? Phi->getIncomingBlock(U) : User->getParent();
    if (!DT.isReachableFromEntry(At))
      continue;
    Home = Home ? DT.findNearestCommonDominator(Home, At) : At;
  }
  while (Home && LI.getLoopFor(Home))
    Home = DT.getNode(Home)->getIDom()->getBlock();
  return Home;
}

// Erases I and what only served it, except Kept.
static void eraseUnused(Instruction *I, const Instruction *Kept) {
  while (I && I != Kept && I->use_empty()) {
    auto *Next = dyn_cast<Instruction>(I->getOperand(0));
    I->eraseFromParent();
    I = Next;
  }
}

static void sink(Instruction &I, DominatorTree &DT, LoopInfo &LI) {
  BasicBlock *Home = homeOf(I, DT, LI);
  if (Home && Home != I.getParent())
    I.moveBefore(*Home, Home->getFirstInsertionPt());
}

// Sinks a load at entry together with its address. That is sound for V because
// every store of Context uses V, so none is executed before the block that
// dominates all uses; for the epoch because where it may have changed another
// load, or a phi, takes the place of this one; and outside of loops the block
// is entered once.
void ThreadBlock::settle(Instruction *Load, DominatorTree &DT, LoopInfo &LI) {
  if (!Load)
    return;
  if (Load->use_empty()) {
    eraseUnused(Load, Offset);
    return;
  }
  sink(*Load, DT, LI);
  auto *I = dyn_cast<Instruction>(getLoadStorePointerOperand(Load));
  for (Instruction *Before = Load; I && I != Offset;
       Before = I, I = dyn_cast<Instruction>(I->getOperand(0)))
    I->moveBefore(Before);
}

void ThreadBlock::settle() {
  DominatorTree DT(F);
  LoopInfo LI(DT);
  for (Instruction *Epoch : Epochs)
    eraseUnused(Epoch, Offset);
  settle(EntryEpoch, DT, LI);
  settle(EntryContext, DT, LI);
  if (Offset->use_empty())
    Offset->eraseFromParent();
  else
    sink(*Offset, DT, LI);
}

} // namespace heddle
