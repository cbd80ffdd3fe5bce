// Removes redundant checks. Two rules, both within a stretch of code in which
// the strand's epoch cannot change:
//
// 1. After a check of these bytes on every path, a further access that is not
//    stronger needs none. Let B be an access of another strand that conflicts
//    with it. No synchronisation lies between the two accesses here, so B is
//    unordered with the first as well and conflicts with it: a write conflicts
//    with all, and a read stands in only for reads. Whichever of B and the
//    first check comes second reports.
// 2. A read that a write to the same bytes is certain to follow needs none, by
//    the same argument with the write's check in the role of the first.
//
// The beginning of a small stack variable's life is a write of it, so rule 1
// holds for its accesses.
//
// Vtable pointers are left out: storing the value that is there is no access.
#include "Redundant.h"
#include "Stack.h"

#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace heddle {
namespace {

// Bytes that have been checked, relative to some base pointer.
struct Checked {
  const Value *Base;
  int64_t Begin, End;
  bool IsWrite;
  size_t Index; // of the access; kNone: the beginning of a life

  bool covers(const Checked &Other) const {
    return Base == Other.Base && Begin <= Other.Begin && Other.End <= End;
  }
  bool operator==(const Checked &Other) const {
    return covers(Other) && Other.covers(*this) && IsWrite == Other.IsWrite;
  }
};

using CheckedSet = SmallVector<Checked, 8>;
constexpr size_t kMaxRemembered = 64; // keeps the pass linear
constexpr size_t kNone = ~size_t(0);

class Remover {
public:
  Remover(Function &F, LoopInfo &Loops, Eligible &E,
          SmallVectorImpl<Access> &Accesses);
  void run();

private:
  CheckedSet atEntry(BasicBlock &Block);
  void visit(BasicBlock &Block);
  void visitAccess(size_t Index, CheckedSet &Known);
  void dropEarlierReads(const Checked &Write);
  void visitMarker(const LifetimeIntrinsic &Marker, CheckedSet &Known);
  bool isQuiet(const Loop &L);
  Checked describe(size_t Index) const;

  Function &F;
  LoopInfo &Loops;
  Eligible &E;
  SmallVectorImpl<Access> &Accesses;
  SmallVector<bool, 64> Dropped;
  DenseMap<Instruction *, SmallVector<size_t, 1>> At;
  DenseMap<BasicBlock *, CheckedSet> AtExit;
  DenseMap<const Loop *, bool> Quiet;
  CheckedSet RecentReads; // since the last change of epoch in this block
};

Remover::Remover(Function &F, LoopInfo &Loops, Eligible &E,
                 SmallVectorImpl<Access> &Accesses)
    : F(F), Loops(Loops), E(E), Accesses(Accesses),
      Dropped(Accesses.size(), false) {
  for (size_t I = 0; I < Accesses.size(); ++I)
    if (!Accesses[I].IsVptr && !Accesses[I].DynamicSize)
      At[Accesses[I].At].push_back(I);
}

Checked Remover::describe(size_t Index) const {
  const Access &A = Accesses[Index];
  APInt Offset(64, 0);
  const Value *Base = A.Addr->stripAndAccumulateConstantOffsets(
      F.getDataLayout(), Offset, /*AllowNonInbounds=*/true);
  int64_t Begin = Offset.getSExtValue();
  return {Base, Begin, Begin + static_cast<int64_t>(A.Size), A.IsWrite, Index};
}

// A new life of a stack variable is a new object.
bool forgets(const Instruction &I) {
  return isa<LifetimeIntrinsic>(I) || mayChangeEpoch(I);
}

bool Remover::isQuiet(const Loop &L) {
  auto [It, New] = Quiet.try_emplace(&L, true);
  if (New)
    It->second = none_of(
        L.blocks(), [](BasicBlock *Block) { return any_of(*Block, forgets); });
  return It->second;
}

// What all predecessors have checked. Those behind a back edge of a loop
// without changes of epoch have at least what the others have.
CheckedSet Remover::atEntry(BasicBlock &Block) {
  std::optional<CheckedSet> Result;
  for (BasicBlock *Before : predecessors(&Block)) {
    auto It = AtExit.find(Before);
    if (It == AtExit.end()) {
      Loop *L = Loops.getLoopFor(&Block);
      if (!L || L->getHeader() != &Block || !L->contains(Before) ||
          !isQuiet(*L))
        return {};
      continue;
    }
    if (!Result)
      Result = It->second;
    else
      erase_if(*Result,
               [&](const Checked &C) { return !is_contained(It->second, C); });
  }
  return Result.value_or(CheckedSet());
}

void Remover::dropEarlierReads(const Checked &Write) {
  for (const Checked &Read : RecentReads)
    if (Write.covers(Read))
      Dropped[Read.Index] = true;
}

void Remover::visitAccess(size_t Index, CheckedSet &Known) {
  Checked C = describe(Index);
  bool IsKnown = any_of(Known, [&](const Checked &K) {
    return K.covers(C) && (K.IsWrite || !C.IsWrite);
  });
  if (IsKnown) {
    Dropped[Index] = true;
    return;
  }
  if (C.IsWrite)
    dropEarlierReads(C);
  else
    RecentReads.push_back(C);
  if (Known.size() < kMaxRemembered)
    Known.push_back(C);
}

void Remover::visitMarker(const LifetimeIntrinsic &Marker, CheckedSet &Known) {
  if (Marker.getIntrinsicID() != Intrinsic::lifetime_start)
    return;
  AllocaInst *A = findAllocaForValue(Marker.getArgOperand(1));
  if (uint64_t Bytes = A && E.escapes(A) ? bytesOwned(*A) : 0)
    Known.push_back({A, 0, static_cast<int64_t>(Bytes), true, kNone});
}

void Remover::visit(BasicBlock &Block) {
  CheckedSet Known = atEntry(Block);
  RecentReads.clear();
  for (Instruction &I : Block) {
    if (auto It = At.find(&I); It != At.end())
      for (size_t Index : It->second)
        visitAccess(Index, Known);
    if (forgets(I))
      Known.clear();
    if (auto *Marker = dyn_cast<LifetimeIntrinsic>(&I))
      visitMarker(*Marker, Known);
    if (forgets(I) || !isGuaranteedToTransferExecutionToSuccessor(&I))
      RecentReads.clear();
  }
  AtExit[&Block] = std::move(Known);
}

void Remover::run() {
  ReversePostOrderTraversal<Function *> Order(&F);
  for (BasicBlock *Block : Order)
    visit(*Block);
  size_t Kept = 0;
  for (size_t I = 0; I < Accesses.size(); ++I)
    if (!Dropped[I])
      Accesses[Kept++] = Accesses[I];
  Accesses.truncate(Kept);
}

} // namespace

void removeRedundant(Function &F, LoopInfo &Loops, Eligible &E,
                     SmallVectorImpl<Access> &Accesses) {
  if (!Accesses.empty())
    Remover(F, Loops, E, Accesses).run();
}

} // namespace heddle
