// The order of work on one function: decide what to check, then emit.
#include "Instrument.h"
#include "Access.h"
#include "Atomics.h"
#include "Context.h"
#include "Eligible.h"
#include "Intrinsics.h"
#include "Neighbours.h"
#include "Ranges.h"
#include "Redundant.h"
#include "Stack.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Support/KnownBits.h"

using namespace llvm;

namespace heddle {
namespace {

class FunctionInstrumenter {
public:
  FunctionInstrumenter(Function &F, FunctionAnalysisManager &Analyses, Hooks &H)
      : F(F), Analyses(Analyses), H(H) {}

  void run();

private:
  void collect(Instruction &I);
  void collectAccess(Instruction &I);
  void collectCall(CallBase &Call);
  void refineAlignment(Access &A);
  void allowHooks();

  Function &F;
  FunctionAnalysisManager &Analyses;
  Hooks &H;
  Eligible E;
  SmallVector<Access, 32> Accesses;
  SmallVector<Instruction *, 8> Atomics;
  SmallVector<AnyMemIntrinsic *, 8> Replaced;
  SmallVector<CallBase *, 32> Calls;
};

void FunctionInstrumenter::collectAccess(Instruction &I) {
  Value *Addr = getLoadStorePointerOperand(&I);
  if (!E.needsCheck(I, Addr))
    return;
  const DataLayout &Layout = F.getDataLayout();
  TypeSize Size = Layout.getTypeStoreSize(getLoadStoreType(&I));
  if (Size.isZero())
    return;
  Access A;
  A.At = &I;
  A.Addr = Addr;
  A.Alignment = getLoadStoreAlignment(&I);
  A.IsVptr = isVptrAccess(I);
  if (Size.isScalable())
    A.DynamicSize =
        IRBuilder<>(&I).CreateTypeSize(Type::getInt64Ty(F.getContext()), Size);
  else
    A.Size = Size;
  if (auto *Store = dyn_cast<StoreInst>(&I)) {
    A.IsWrite = true;
    A.Stored = Store->getValueOperand();
    A.IsVptr &= A.Stored->getType()->isPointerTy();
  }
  Accesses.push_back(A);
}

void FunctionInstrumenter::collectCall(CallBase &Call) {
  if (auto *Memory = dyn_cast<AnyMemIntrinsic>(&Call)) {
    if (isHookedIntrinsic(*Memory, E))
      Replaced.push_back(Memory);
    else
      appendAccesses(*Memory, E, Accesses);
    return;
  }
  appendCopies(Call, E, Accesses);
  if (passesContext(Call))
    Calls.push_back(&Call);
}

void FunctionInstrumenter::collect(Instruction &I) {
  if (isHookedAtomic(I)) {
    Value *Addr = addressOfAtomic(I);
    if (!Addr || E.needsCheck(I, Addr))
      Atomics.push_back(&I);
  } else if (isa<LoadInst>(I) || isa<StoreInst>(I)) {
    collectAccess(I);
  } else if (auto *Call = dyn_cast<CallBase>(&I)) {
    collectCall(*Call);
  }
}

// What is known of the address in its cell makes the test shorter.
void FunctionInstrumenter::refineAlignment(Access &A) {
  KnownBits Known = computeKnownBits(A.Addr, F.getDataLayout());
  unsigned Zeros = Known.countMinTrailingZeros();
  if (Known.countMinTrailingZeros() < Log2(A.Alignment))
    Known.Zero.setLowBits(Log2(A.Alignment));
  A.Alignment = std::max(A.Alignment, Align(1ULL << std::min(Zeros, 4u)));
  APInt Low = APInt::getLowBitsSet(Known.getBitWidth(), 3);
  if (!A.InCell && Low.isSubsetOf(Known.Zero | Known.One))
    A.InCell = (Known.One & Low).getZExtValue();
}

// What was inferred about F's memory does not hold for its instrumented form.
void FunctionInstrumenter::allowHooks() {
  F.addFnAttr("frame-pointer", "all");
  F.removeFnAttr(Attribute::Memory);
  F.removeFnAttr(Attribute::NoSync);
  F.removeFnAttr(Attribute::Speculatable);
  for (CallBase *Call : Calls)
    Call->removeFnAttr(Attribute::Memory);
}

void FunctionInstrumenter::run() {
  if (appendLanes(F, E, Accesses))
    Analyses.invalidate(F, PreservedAnalyses::none());
  for (Instruction &I : instructions(F))
    collect(I);
  allowHooks();
  SmallVector<StackLife, 8> Lives = findStackLives(F, E);
  if (Accesses.empty() && Atomics.empty() && Replaced.empty() &&
      Calls.empty() && Lives.empty())
    return;

  if (!F.hasOptNone()) {
    hoistRanges(F, Analyses, Accesses);
    removeRedundant(F, Analyses.getResult<LoopAnalysis>(F), E, Accesses);
  }
  for (Access &A : Accesses)
    refineAlignment(A);
  if (!F.hasOptNone())
    mergeNeighbours(F, Accesses);
  ThreadBlock Block(F, !Calls.empty());
  beginStackLives(Lives, H, Block);
  passContext(F, Calls, Block);
  for (AnyMemIntrinsic *I : Replaced)
    replaceIntrinsic(*I, H, Block);
  for (Instruction *I : Atomics)
    replaceAtomic(*I, H, Block);
  assignEpochs(F, Accesses, Block);
  emitChecks(Accesses, H, Block);
  Block.settle();
}

} // namespace

void instrument(Function &F, FunctionAnalysisManager &Analyses, Hooks &H) {
  FunctionInstrumenter(F, Analyses, H).run();
}

} // namespace heddle
