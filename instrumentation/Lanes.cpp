// Vector accesses under a mask: one check for each enabled lane.
#include "Intrinsics.h"
#include "Masked.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace heddle {
namespace {

// Splits one masked access.
class LaneSplitter {
public:
  LaneSplitter(const MaskedAccess &M, SmallVectorImpl<Access> &Accesses)
      : M(M), Accesses(Accesses), Layout(M.I->getDataLayout()),
        ElementBytes(Layout.getTypeStoreSize(M.Element)),
        Lanes(cast<FixedVectorType>(M.Mask->getType())->getNumElements()) {}

  void run();

private:
  void splitSpread();
  void splitPointers(Instruction *At);
  void addPacked();
  void addLane(Instruction *At, unsigned Lane, Value *Addr);
  Access accessAt(Instruction *At, Value *Addr) const;

  const MaskedAccess &M;
  SmallVectorImpl<Access> &Accesses;
  const DataLayout &Layout;
  uint64_t ElementBytes;
  unsigned Lanes;
};

Access LaneSplitter::accessAt(Instruction *At, Value *Addr) const {
  Access A;
  A.At = At;
  A.Addr = Addr;
  A.Size = ElementBytes;
  A.Alignment = M.Alignment;
  A.IsWrite = M.IsWrite;
  return A;
}

// Adds the check of one lane before At, under the lane's mask bit. No test is
// inlined: a vector has up to 64 lanes.
void LaneSplitter::addLane(Instruction *At, unsigned Lane, Value *Addr) {
  if (auto *Constant = dyn_cast<llvm::Constant>(M.Mask)) {
    llvm::Constant *Bit = Constant->getAggregateElement(Lane);
    if (Bit && Bit->isNullValue())
      return;
  }
  IRBuilder<> B(At);
  Value *Bit = B.CreateExtractElement(M.Mask, Lane);
  Accesses.push_back(
      accessAt(SplitBlockAndInsertIfThen(Bit, At->getIterator(), false), Addr));
  Accesses.back().OutOfLine = true;
}

void LaneSplitter::splitPointers(Instruction *At) {
  for (unsigned Lane = 0; Lane < Lanes; ++Lane) {
    Value *Addr = IRBuilder<>(At).CreateExtractElement(M.Addr, Lane);
    addLane(At, Lane, Addr);
  }
}

// Mostly all lanes are enabled: then the access is an ordinary one.
void LaneSplitter::splitSpread() {
  IRBuilder<> B(M.I);
  Instruction *Whole, *Single;
  Value *Bits = B.CreateBitCast(M.Mask, B.getIntNTy(Lanes));
  Value *All = B.CreateICmpEQ(Bits, Constant::getAllOnesValue(Bits->getType()));
  SplitBlockAndInsertIfThenElse(All, M.I->getIterator(), &Whole, &Single);
  Accesses.push_back(accessAt(Whole, M.Addr));
  Accesses.back().Size = ElementBytes * Lanes;
  for (unsigned Lane = 0; Lane < Lanes; ++Lane)
    addLane(Single, Lane,
            IRBuilder<>(Single).CreateConstGEP1_64(M.Element, M.Addr, Lane));
}

// As many elements as lanes are enabled, one after the other.
void LaneSplitter::addPacked() {
  IRBuilder<> B(M.I);
  Value *Bits = B.CreateBitCast(M.Mask, B.getIntNTy(Lanes));
  Value *Count = B.CreateZExtOrTrunc(
      B.CreateUnaryIntrinsic(Intrinsic::ctpop,
                             B.CreateZExtOrTrunc(Bits, B.getInt64Ty())),
      B.getInt64Ty());
  Access A = accessAt(M.I, M.Addr);
  A.Size = 0;
  A.DynamicSize = B.CreateMul(Count, B.getInt64(ElementBytes));
  Accesses.push_back(A);
}

void LaneSplitter::run() {
  switch (M.Lanes) {
  case Shape::Spread:
    return splitSpread();
  case Shape::Pointers:
    return splitPointers(M.I);
  case Shape::Packed:
    return addPacked();
  }
}

bool isShared(const MaskedAccess &M, Eligible &E) {
  if (M.Lanes == Shape::Pointers)
    return !M.I->hasMetadata(LLVMContext::MD_nosanitize);
  return E.needsCheck(*M.I, M.Addr);
}

} // namespace

bool appendLanes(Function &F, Eligible &E, SmallVectorImpl<Access> &Accesses) {
  SmallVector<MaskedAccess, 4> Masked;
  for (Instruction &I : make_early_inc_range(instructions(F)))
    if (auto *Call = dyn_cast<IntrinsicInst>(&I))
      if (auto M = describeMasked(*Call);
          M && isa<FixedVectorType>(M->Mask->getType()) && isShared(*M, E))
        Masked.push_back(*M);
  for (const MaskedAccess &M : Masked)
    LaneSplitter(M, Accesses).run();
  return !Masked.empty();
}

} // namespace heddle
