// Moves checks out of loops.
//
// In a loop in which the strand's epoch cannot change, all accesses are in one
// epoch, so that it makes no difference to what races with what if they are
// recorded when the loop begins. What must hold is that exactly those bytes
// are recorded that the loop does access:
//
// - the access is executed in each iteration, and nothing but the one exit,
//   whose iteration count is computable, leaves the loop;
// - its addresses advance by a constant step, and together with the other
//   accesses of its group (the same base, step and kind) they leave no gap.
//
// A range found for a loop is then offered to the loop around it, where it may
// be constant, or may itself advance by its own length.
//
// Invariants:
// - A range is checked only where the first iteration is certain to follow.
#include "Ranges.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/LoopUtils.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

using namespace llvm;

namespace heddle {
namespace {

// A loop that is over sooner keeps its inline tests.
constexpr unsigned kMinIterations = 8;

// The accesses of a loop that are looked at together; more are left alone.
constexpr size_t kMaxPerLoop = 128;

// Bytes [Begin, Begin + Length) that each execution of Block accesses.
struct Range {
  const SCEV *Begin;
  const SCEV *Length; // i64
  BasicBlock *Block;
  Align Alignment;
  bool IsWrite;
  DebugLoc Line;
  std::optional<size_t> Single; // the access it is, if it has not been moved
};

using RangeList = SmallVector<Range, 8>;

// A range whose address advances by Step bytes in each iteration.
struct Walk {
  const Range *R;
  const SCEV *Start;
  int64_t Step;
  int64_t Begin = 0, End = 0; // relative to the first of its group
};

class RangeFinder {
public:
  RangeFinder(Function &F, FunctionAnalysisManager &Analyses,
              SmallVectorImpl<Access> &Accesses)
      : Loops(Analyses.getResult<LoopAnalysis>(F)),
        DT(Analyses.getResult<DominatorTreeAnalysis>(F)),
        SE(Analyses.getResult<ScalarEvolutionAnalysis>(F)),
        Expander(SE, F.getDataLayout(), "heddle"), Accesses(Accesses),
        I64(Type::getInt64Ty(F.getContext())) {}

  void run();

private:
  RangeList visit(Loop &L);
  void addOwn(Loop &L, RangeList &Ranges);
  bool prepare(Loop &L);
  bool isCertain(const Loop &L, const BasicBlock *Block) const;
  const SCEV *backedgeCount(const Loop &L, const BasicBlock *Block);

  bool hoistInvariant(Loop &L, const Range &R, RangeList &Out);
  bool hoistContiguous(Loop &L, const Range &R, RangeList &Out);
  std::optional<Walk> walkOf(Loop &L, const Range &R);
  void hoistGroups(Loop &L, SmallVectorImpl<Walk> &Walks, RangeList &Out);
  bool hoistRun(Loop &L, ArrayRef<Walk> Run, int64_t Last, RangeList &Out);
  bool canExpand(const Loop &L, const SCEV *S) const;
  void add(Loop &L, const Range &From, const SCEV *Begin, const SCEV *Length,
           Align Alignment, RangeList &Out);
  void conclude(const Range &R, bool Hoisted);
  void settle(const Range &R);

  LoopInfo &Loops;
  DominatorTree &DT;
  ScalarEvolution &SE;
  SCEVExpander Expander;
  SmallVectorImpl<Access> &Accesses;
  Type *I64;
  DenseMap<const Loop *, SmallVector<size_t, 8>> Own;
  DenseSet<size_t> Moved;
  SmallVector<Access, 8> Added;
};

// Makes sure that L has a preheader. False if the epoch may change in L, or if
// something other than its exits may leave it.
bool RangeFinder::prepare(Loop &L) {
  for (BasicBlock *Block : L.blocks())
    for (Instruction &I : *Block)
      if (mayChangeEpoch(I) || isa<LifetimeIntrinsic>(I) ||
          !isGuaranteedToTransferExecutionToSuccessor(&I))
        return false;
  return L.getLoopPreheader() ||
         InsertPreheaderForLoop(&L, &DT, &Loops, nullptr, false);
}

// True if Block is executed at least once whenever L is entered.
bool RangeFinder::isCertain(const Loop &L, const BasicBlock *Block) const {
  SmallVector<BasicBlock *, 4> Exiting;
  L.getExitingBlocks(Exiting);
  return !Exiting.empty() && all_of(Exiting, [&](BasicBlock *Exit) {
    return DT.dominates(Block, Exit);
  });
}

// How often L iterates again after its first iteration, if Block is executed
// once in each; null if that is not known.
const SCEV *RangeFinder::backedgeCount(const Loop &L, const BasicBlock *Block) {
  BasicBlock *Exiting = L.getExitingBlock();
  BasicBlock *Latch = L.getLoopLatch();
  if (!Exiting || !Latch || Loops.getLoopFor(Block) != &L ||
      !DT.dominates(Block, Exiting) || !DT.dominates(Block, Latch))
    return nullptr;
  unsigned AtMost = SE.getSmallConstantMaxTripCount(&L);
  if (AtMost && AtMost < kMinIterations)
    return nullptr;
  const SCEV *Count = SE.getBackedgeTakenCount(&L);
  if (isa<SCEVCouldNotCompute>(Count) ||
      SE.getTypeSizeInBits(Count->getType()) > 64)
    return nullptr;
  return SE.getNoopOrZeroExtend(Count, I64);
}

bool RangeFinder::canExpand(const Loop &L, const SCEV *S) const {
  return SE.isLoopInvariant(S, &L) &&
         Expander.isSafeToExpandAt(S, L.getLoopPreheader()->getTerminator());
}

// Adds a range at the preheader of L, unless one there covers it.
void RangeFinder::add(Loop &L, const Range &From, const SCEV *Begin,
                      const SCEV *Length, Align Alignment, RangeList &Out) {
  for (Range &Other : Out)
    if (Other.Begin == Begin && Other.Length == Length) {
      if (From.IsWrite && !Other.IsWrite)
        Other.Line = From.Line;
      Other.Alignment = std::max(Other.Alignment, Alignment);
      Other.IsWrite |= From.IsWrite;
      return;
    }
  Out.push_back({Begin, Length, L.getLoopPreheader(), Alignment, From.IsWrite,
                 From.Line, std::nullopt});
}

bool RangeFinder::hoistInvariant(Loop &L, const Range &R, RangeList &Out) {
  if (!canExpand(L, R.Begin) || !canExpand(L, R.Length) ||
      !isCertain(L, R.Block))
    return false;
  add(L, R, R.Begin, R.Length, R.Alignment, Out);
  return true;
}

// A range that advances by exactly its length: rows of a matrix.
bool RangeFinder::hoistContiguous(Loop &L, const Range &R, RangeList &Out) {
  auto *Address = dyn_cast<SCEVAddRecExpr>(R.Begin);
  if (!Address || Address->getLoop() != &L || !Address->isAffine() ||
      isa<SCEVConstant>(R.Length))
    return false;
  const SCEV *Count = backedgeCount(L, R.Block);
  const SCEV *Step =
      SE.getNoopOrSignExtend(Address->getStepRecurrence(SE), I64);
  if (!Count || Step != R.Length)
    return false;
  const SCEV *Length =
      SE.getMulExpr(SE.getAddExpr(Count, SE.getOne(I64)), R.Length);
  if (!canExpand(L, Address->getStart()) || !canExpand(L, Length))
    return false;
  add(L, R, Address->getStart(), Length, Align(1), Out);
  return true;
}

std::optional<Walk> RangeFinder::walkOf(Loop &L, const Range &R) {
  auto *Address = dyn_cast<SCEVAddRecExpr>(R.Begin);
  if (!Address || Address->getLoop() != &L || !Address->isAffine() ||
      !isa<SCEVConstant>(R.Length) || !backedgeCount(L, R.Block))
    return std::nullopt;
  auto *Step = dyn_cast<SCEVConstant>(Address->getStepRecurrence(SE));
  if (!Step || !canExpand(L, Address->getStart()))
    return std::nullopt;
  return Walk{&R, Address->getStart(), Step->getAPInt().getSExtValue()};
}

// Run: walks that overlap or touch, from the lowest address; together they
// cover the bytes up to Last. Hoists them if that is all that is stepped over.
bool RangeFinder::hoistRun(Loop &L, ArrayRef<Walk> Run, int64_t Last,
                           RangeList &Out) {
  const Walk &First = Run.front();
  int64_t Covered = Last - First.Begin;
  if (std::abs(First.Step) > Covered)
    return false;
  const SCEV *Count = backedgeCount(L, First.R->Block);
  const SCEV *Walked =
      SE.getMulExpr(Count, SE.getConstant(I64, std::abs(First.Step)));
  const SCEV *Begin = First.Start;
  if (First.Step < 0)
    Begin = SE.getAddExpr(Begin, SE.getNegativeSCEV(Walked));
  const SCEV *Length = SE.getAddExpr(SE.getConstant(I64, Covered), Walked);
  if (!canExpand(L, Begin) || !canExpand(L, Length))
    return false;
  add(L, *First.R, Begin, Length, Align(1), Out);
  return true;
}

// Takes one group after the other out of Walks: the same kind and step, and
// starts that differ by constants.
void RangeFinder::hoistGroups(Loop &L, SmallVectorImpl<Walk> &Walks,
                              RangeList &Out) {
  while (!Walks.empty()) {
    Walk First = Walks.front();
    SmallVector<Walk, 8> Group, Others;
    for (Walk &W : Walks) {
      auto *Distance =
          dyn_cast<SCEVConstant>(SE.getMinusSCEV(W.Start, First.Start));
      if (!Distance || W.Step != First.Step ||
          W.R->IsWrite != First.R->IsWrite) {
        Others.push_back(W);
        continue;
      }
      W.Begin = Distance->getAPInt().getSExtValue();
      W.End =
          W.Begin + cast<SCEVConstant>(W.R->Length)->getAPInt().getSExtValue();
      Group.push_back(W);
    }
    sort(Group, [](const Walk &A, const Walk &B) {
      return std::tie(A.Begin, A.R) < std::tie(B.Begin, B.R);
    });
    for (size_t I = 0, J; I < Group.size(); I = J) {
      int64_t Last = Group[I].End;
      for (J = I + 1; J < Group.size() && Group[J].Begin <= Last; ++J)
        Last = std::max(Last, Group[J].End);
      ArrayRef<Walk> Run = ArrayRef(Group).slice(I, J - I);
      bool Hoisted = hoistRun(L, Run, Last, Out);
      for (const Walk &W : Run)
        conclude(*W.R, Hoisted);
    }
    Walks = std::move(Others);
  }
}

void RangeFinder::addOwn(Loop &L, RangeList &Ranges) {
  for (size_t Index : ArrayRef(Own[&L]).take_front(kMaxPerLoop)) {
    const Access &A = Accesses[Index];
    Ranges.push_back({SE.getSCEV(A.Addr), SE.getConstant(I64, A.Size),
                      A.At->getParent(), A.Alignment, A.IsWrite,
                      A.At->getDebugLoc(), Index});
  }
}

// Returns the ranges that are to be checked at the preheader of L. Those that
// stay in L are settled.
RangeList RangeFinder::visit(Loop &L) {
  RangeList In, Out;
  for (Loop *Inner : L)
    In.append(visit(*Inner));
  if (!prepare(L)) {
    for (const Range &R : In)
      settle(R);
    return Out;
  }
  addOwn(L, In);
  SmallVector<Walk, 8> Walks;
  for (const Range &R : In) {
    if (hoistInvariant(L, R, Out) || hoistContiguous(L, R, Out))
      conclude(R, true);
    else if (auto W = walkOf(L, R))
      Walks.push_back(*W);
    else
      conclude(R, false);
  }
  hoistGroups(L, Walks, Out);
  return Out;
}

// An access that stays keeps its own check; a range is checked where it got.
void RangeFinder::conclude(const Range &R, bool Hoisted) {
  if (Hoisted && R.Single)
    Moved.insert(*R.Single);
  else if (!Hoisted && !R.Single)
    settle(R);
}

// R goes no further: checks it at the end of its block.
void RangeFinder::settle(const Range &R) {
  Instruction *At = R.Block->getTerminator();
  Access A;
  A.At = At;
  A.Line = R.Line;
  A.Addr = Expander.expandCodeFor(R.Begin, R.Begin->getType(), At);
  A.Alignment = R.Alignment;
  A.IsWrite = R.IsWrite;
  if (auto *Constant = dyn_cast<SCEVConstant>(R.Length))
    A.Size = Constant->getAPInt().getZExtValue();
  else
    A.DynamicSize = Expander.expandCodeFor(R.Length, I64, At);
  Added.push_back(A);
}

void RangeFinder::run() {
  for (size_t I = 0; I < Accesses.size(); ++I) {
    const Access &A = Accesses[I];
    Loop *L = Loops.getLoopFor(A.At->getParent());
    if (L && !A.DynamicSize && !A.IsVptr && !A.OutOfLine)
      Own[L].push_back(I);
  }
  if (Own.empty())
    return;
  for (Loop *Top : Loops)
    for (const Range &R : visit(*Top))
      settle(R);
  size_t Kept = 0;
  for (size_t I = 0; I < Accesses.size(); ++I)
    if (!Moved.contains(I))
      Accesses[Kept++] = Accesses[I];
  Accesses.truncate(Kept);
  Accesses.append(Added);
}

} // namespace

void hoistRanges(Function &F, FunctionAnalysisManager &Analyses,
                 SmallVectorImpl<Access> &Accesses) {
  if (none_of(Accesses, [](const Access &A) { return !A.OutOfLine; }))
    return;
  RangeFinder(F, Analyses, Accesses).run();
}

} // namespace heddle
