// Emits the inline test of heddle/Abi.h and, in a cold block, the hook.
//
// Invariants:
// - The test may fail although the access is redundant (the hook then finds
//   that out), but never passes for one that is not.
// - Shadow words are read without synchronisation: a word that another thread
//   is just changing is not equal to this strand's epoch before or after.
#include "Access.h"
#include "Layout.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace heddle {
namespace {

bool isPowerOfTwoUpTo8(uint64_t Size) {
  return Size == 1 || Size == 2 || Size == 4 || Size == 8;
}

// True if the test of A looks at several cells, or at a part of one that no
// hook of its own serves: as many as there are from A's address on.
bool isTestedByCells(const Access &A) {
  if (A.Size == 0 ||
      A.InCell.value_or(0) + A.Size > kMaxInlineCells * kCellBytes)
    return false;
  return A.InCell || (A.Size % kCellBytes == 0 && A.Size > kCellBytes);
}

bool isInOneCell(const Access &A) {
  return isPowerOfTwoUpTo8(A.Size) &&
         (!A.InCell || *A.InCell + A.Size <= kCellBytes);
}

// The bits of a shadow word that matter for the Size bytes at a cell's start.
uint64_t maskAtStart(uint64_t Size) {
  return ((1ULL << Size) - 1) << HEDDLE_EPOCH_MASK_SHIFT;
}

// Emits one check at a time.
class CheckEmitter {
public:
  CheckEmitter(Hooks &H, ThreadBlock &Block)
      : H(H), Block(Block), C(H.module().getContext()),
        Rare(MDBuilder(C).createBranchWeights(1, 1 << 20)),
        Second(MDBuilder(C).createBranchWeights(1, 2)) {}

  void emit(const Access &A) {
    if (!isTestedInline(A))
      emitHook(A, A.At);
    else if (isInOneCell(A))
      emitTestOfCell(A);
    else
      emitTestOfCells(A);
  }

private:
  void emitTestOfCell(const Access &A);
  void emitHook(const Access &A, Instruction *Before);
  void emitSized(const Access &A, IRBuilderBase &B);
  void emitVptr(const Access &A, IRBuilderBase &B);

  Value *relevantBits(IRBuilderBase &B, const Access &A, Value *Address);
  Value *straddles(IRBuilderBase &B, const Access &A, Value *Address);
  Value *wordAt(IRBuilderBase &B, Value *Cell, uint64_t Offset);
  Value *difference(IRBuilderBase &B, const Access &A, Value *Word,
                    Value *Bits);
  Value *differs(IRBuilderBase &B, const Access &A, Value *Word, Value *Bits);
  void emitTestOfCells(const Access &A);
  Instruction *branchIf(Value *Condition, Instruction *Before, MDNode *Weights);

  Hooks &H;
  ThreadBlock &Block;
  LLVMContext &C;
  MDNode *Rare, *Second;
};

Instruction *CheckEmitter::branchIf(Value *Condition, Instruction *Before,
                                    MDNode *Weights) {
  return SplitBlockAndInsertIfThen(Condition, Before->getIterator(),
                                   /*Unreachable=*/false, Weights);
}

// K of heddle/Abi.h. An aligned 4-byte access is in one of two halves, which a
// conditional move tells apart faster than a shift.
Value *CheckEmitter::relevantBits(IRBuilderBase &B, const Access &A,
                                  Value *Address) {
  uint64_t AtStart = maskAtStart(A.Size);
  if (A.InCell)
    return B.getInt64(HEDDLE_EPOCH_ID_BITS | AtStart << *A.InCell);
  if (A.Size == 4 && A.Alignment >= 4) {
    Value *Upper = B.CreateICmpNE(B.CreateAnd(Address, 4), B.getInt64(0));
    return B.CreateSelect(Upper,
                          B.getInt64(HEDDLE_EPOCH_ID_BITS | AtStart << 4),
                          B.getInt64(HEDDLE_EPOCH_ID_BITS | AtStart));
  }
  Value *InCell = B.CreateAnd(Address, kCellBytes - 1);
  Value *Bytes = B.CreateShl(B.getInt64(AtStart), InCell);
  return B.CreateOr(Bytes, B.getInt64(HEDDLE_EPOCH_ID_BITS));
}

// True if the access is not confined to the cells that the test looks at; null
// if what is known of its address rules that out.
Value *CheckEmitter::straddles(IRBuilderBase &B, const Access &A,
                               Value *Address) {
  if (A.InCell || A.Alignment >= std::min(A.Size, kCellBytes))
    return nullptr;
  Value *InCell = B.CreateAnd(Address, kCellBytes - 1);
  if (A.Size > kCellBytes)
    return B.CreateICmpNE(InCell, B.getInt64(0));
  return B.CreateICmpUGT(InCell, B.getInt64(kCellBytes - A.Size));
}

// The shadow word Offset bytes behind the shadow of Cell. Computed anew at each
// use, where it folds into the addressing mode.
Value *CheckEmitter::wordAt(IRBuilderBase &B, Value *Cell, uint64_t Offset) {
  Value *Shadow = B.CreateAdd(B.CreateShl(Cell, 1),
                              B.getInt64(HEDDLE_SHADOW_BASE + Offset));
  return B.CreateAlignedLoad(B.getInt64Ty(),
                             B.CreateIntToPtr(Shadow, B.getPtrTy()), Align(8));
}

bool isWhole(Value *Bits) {
  auto *Constant = dyn_cast<ConstantInt>(Bits);
  return Constant && Constant->isMinusOne();
}

// Not 0 if a word of a cell differs from the epoch in one of Bits.
Value *CheckEmitter::difference(IRBuilderBase &B, const Access &A, Value *Word,
                                Value *Bits) {
  Value *Difference = B.CreateXor(Word, A.Epoch);
  return isWhole(Bits) ? Difference : B.CreateAnd(Difference, Bits);
}

Value *CheckEmitter::differs(IRBuilderBase &B, const Access &A, Value *Word,
                             Value *Bits) {
  if (isWhole(Bits))
    return B.CreateICmpNE(Word, A.Epoch);
  return B.CreateIsNotNull(difference(B, A, Word, Bits));
}

// The bytes that A has in its cells, as masks: one bit a byte.
SmallVector<uint64_t, kMaxInlineCells> cellsOf(const Access &A) {
  SmallVector<uint64_t, kMaxInlineCells> Cells;
  uint64_t At = A.InCell.value_or(0), End = At + A.Size;
  for (; At < End; At = alignTo(At + 1, kCellBytes)) {
    uint64_t First = At % kCellBytes;
    uint64_t Bytes = std::min(End - At, kCellBytes - First);
    Cells.push_back(((1ULL << Bytes) - 1) << First);
  }
  return Cells;
}

// A read passes if it finds its bytes read in all cells, or else, in each
// cell, read or written.
void CheckEmitter::emitTestOfCells(const Access &A) {
  IRBuilder<> B(A.At);
  Value *Address = B.CreatePtrToInt(A.Addr, B.getInt64Ty());
  Value *Cell = B.CreateAnd(Address, B.getInt64(HEDDLE_APP_MASK));
  SmallVector<uint64_t, kMaxInlineCells> Cells = cellsOf(A);
  auto Missing = [&](size_t I, uint64_t Word) {
    uint64_t K = HEDDLE_EPOCH_ID_BITS | Cells[I] << HEDDLE_EPOCH_MASK_SHIFT;
    return difference(B, A, wordAt(B, Cell, I * kShadowStride + Word),
                      B.getInt64(K));
  };
  Value *Miss = straddles(B, A, Address);
  Value *Differences = Missing(0, A.IsWrite ? 0 : 8);
  for (size_t I = 1; I < Cells.size(); ++I)
    Differences = B.CreateOr(Differences, Missing(I, A.IsWrite ? 0 : 8));
  Value *First = B.CreateIsNotNull(Differences);
  if (Miss)
    First = B.CreateOr(First, Miss);
  Instruction *Before = branchIf(First, A.At, A.IsWrite ? Rare : Second);
  if (!A.IsWrite) {
    B.SetInsertPoint(Before);
    for (size_t I = 0; I < Cells.size(); ++I) {
      Value *Stale = B.CreateAnd(B.CreateIsNotNull(Missing(I, 8)),
                                 B.CreateIsNotNull(Missing(I, 0)));
      Miss = Miss ? B.CreateOr(Miss, Stale) : Stale;
    }
    Before = branchIf(Miss, Before, Rare);
  }
  emitHook(A, Before);
}

void CheckEmitter::emitTestOfCell(const Access &A) {
  IRBuilder<> B(A.At);
  Value *Address = B.CreatePtrToInt(A.Addr, B.getInt64Ty());
  Value *Straddles = straddles(B, A, Address);
  Value *Cell = B.CreateAnd(Address, B.getInt64(HEDDLE_APP_MASK));
  Value *Bits = relevantBits(B, A, Address);
  auto Missing = [&](uint64_t Word) {
    Value *Miss = differs(B, A, wordAt(B, Cell, Word), Bits);
    return Straddles ? B.CreateOr(Miss, Straddles) : Miss;
  };
  Instruction *Before = A.At;
  if (!A.IsWrite) {
    Before = branchIf(Missing(8), Before, Second);
    B.SetInsertPoint(Before);
  }
  emitHook(A, branchIf(Missing(0), Before, Rare));
}

void CheckEmitter::emitVptr(const Access &A, IRBuilderBase &B) {
  if (A.IsWrite)
    H.call(B, Hook::VptrWrite, {A.Addr, A.Stored, Block.context(B)});
  else
    H.call(B, Hook::VptrRead, {A.Addr, Block.context(B)});
}

void CheckEmitter::emitSized(const Access &A, IRBuilderBase &B) {
  constexpr Hook Reads[] = {Hook::Read1, Hook::Read2, Hook::Read4, Hook::Read8,
                            Hook::Read16};
  constexpr Hook Writes[] = {Hook::Write1, Hook::Write2, Hook::Write4,
                             Hook::Write8, Hook::Write16};
  bool HasOwnHook = !A.DynamicSize && isPowerOf2_64(A.Size) && A.Size <= 16;
  Value *V = Block.context(B);
  if (HasOwnHook) {
    unsigned Index = Log2_64(A.Size);
    H.call(B, A.IsWrite ? Writes[Index] : Reads[Index], {A.Addr, V});
    return;
  }
  Value *Size = A.DynamicSize ? A.DynamicSize : B.getInt64(A.Size);
  H.call(B, A.IsWrite ? Hook::WriteRange : Hook::ReadRange, {A.Addr, Size, V});
}

// The line of a check is that of its access: the report shows it.
DebugLoc lineOf(const Access &A) {
  if (A.Line)
    return A.Line;
  if (A.At->getDebugLoc())
    return A.At->getDebugLoc();
  DISubprogram *Function = A.At->getFunction()->getSubprogram();
  if (!Function)
    return DebugLoc();
  for (Instruction &I :
       make_range(A.At->getIterator(), A.At->getParent()->end()))
    if (I.getDebugLoc())
      return I.getDebugLoc();
  return DILocation::get(Function->getContext(), Function->getLine(), 0,
                         Function);
}

void CheckEmitter::emitHook(const Access &A, Instruction *Before) {
  IRBuilder<> B(Before);
  B.SetCurrentDebugLocation(lineOf(A));
  if (A.IsVptr)
    emitVptr(A, B);
  else
    emitSized(A, B);
}

} // namespace

bool isTestedInline(const Access &A) {
  return !A.OutOfLine && !A.DynamicSize &&
         (isInOneCell(A) || isTestedByCells(A));
}

// Backwards, so that a split moves only the instructions up to the next check
// and a block of n accesses costs O(n).
void emitChecks(MutableArrayRef<Access> Accesses, Hooks &H,
                ThreadBlock &Block) {
  CheckEmitter Emitter(H, Block);
  for (const Access &A : reverse(Accesses))
    Emitter.emit(A);
}

} // namespace heddle
