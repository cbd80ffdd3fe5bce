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
// Accesses that leave gaps, such as a walk down a matrix column, make a comb.
// It is offered to the loops around as well; once its teeth have grown into
// each other it is a range. A comb that never closes is given up, and the
// accesses keep their own checks.
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

// Count teeth, the beginning of each Step bytes behind that of the last.
struct Comb {
  uint64_t Step = 0; // 0: a single tooth
  const SCEV *Count = nullptr;

  explicit operator bool() const { return Step; }
  bool operator==(const Comb &Other) const = default;
};

// Bytes [Begin, Begin + Length) that each execution of Block accesses, and as
// many in each further tooth.
struct Range {
  const SCEV *Begin;
  const SCEV *Length; // i64
  BasicBlock *Block;
  Align Alignment;
  bool IsWrite;
  DebugLoc Line;
  Comb Teeth = {};
  // The accesses that it stands for and that still keep their own checks.
  SmallVector<size_t, 1> Unmoved = {};
};

using RangeList = SmallVector<Range, 8>;

// A range whose address advances by Step bytes in each iteration.
struct Walk {
  const Range *R;
  const SCEV *Start;
  int64_t Step;
  int64_t Begin = 0, End = 0; // relative to the first of its group
};

// Walks that overlap or touch, from the lowest address.
struct Run {
  ArrayRef<Walk> Walks;
  int64_t End;

  const Walk &first() const { return Walks.front(); }
  int64_t begin() const { return first().Begin; }
  int64_t covered() const { return End - begin(); }
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
  void hoistGroup(Loop &L, ArrayRef<Walk> Group, RangeList &Out);
  bool hoistRun(Loop &L, const Run &R, RangeList &Out);
  bool hoistComb(Loop &L, ArrayRef<Run> Runs, RangeList &Out);
  Range joined(const Run &R, const SCEV *Begin, const SCEV *Length);
  void closeGaps(Range &R);
  bool canExpand(const Loop &L, const SCEV *S) const;
  bool add(Loop &L, Range R, RangeList &Out);
  void stay(const Range &R);
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

// Adds R at the preheader of L, unless one there covers it. The accesses that
// it stands for lose their own checks if it has no gaps.
bool RangeFinder::add(Loop &L, Range R, RangeList &Out) {
  if (!canExpand(L, R.Begin) || !canExpand(L, R.Length) ||
      (R.Teeth && !canExpand(L, R.Teeth.Count)))
    return false;
  if (!R.Teeth) {
    Moved.insert(R.Unmoved.begin(), R.Unmoved.end());
    R.Unmoved.clear();
  }
  for (Range &Other : Out)
    if (Other.Begin == R.Begin && Other.Length == R.Length &&
        Other.Teeth == R.Teeth) {
      if (R.IsWrite && !Other.IsWrite)
        Other.Line = R.Line;
      Other.Alignment = std::max(Other.Alignment, R.Alignment);
      Other.IsWrite |= R.IsWrite;
      Other.Unmoved.append(R.Unmoved);
      return true;
    }
  R.Block = L.getLoopPreheader();
  Out.push_back(std::move(R));
  return true;
}

bool RangeFinder::hoistInvariant(Loop &L, const Range &R, RangeList &Out) {
  return isCertain(L, R.Block) && add(L, R, Out);
}

// A range that advances by exactly its length: rows of a matrix.
bool RangeFinder::hoistContiguous(Loop &L, const Range &R, RangeList &Out) {
  auto *Address = dyn_cast<SCEVAddRecExpr>(R.Begin);
  if (!Address || Address->getLoop() != &L || !Address->isAffine() ||
      isa<SCEVConstant>(R.Length) || R.Teeth)
    return false;
  const SCEV *Count = backedgeCount(L, R.Block);
  const SCEV *Step =
      SE.getNoopOrSignExtend(Address->getStepRecurrence(SE), I64);
  if (!Count || Step != R.Length)
    return false;
  Range Rows = R;
  Rows.Begin = Address->getStart();
  Rows.Length = SE.getMulExpr(SE.getAddExpr(Count, SE.getOne(I64)), R.Length);
  Rows.Alignment = Align(1);
  return add(L, Rows, Out);
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

// What the walks of R access together, if that is Length bytes from Begin.
Range RangeFinder::joined(const Run &R, const SCEV *Begin, const SCEV *Length) {
  Range Result = *R.first().R;
  Result.Begin = Begin;
  Result.Length = Length;
  Result.Alignment = Align(1);
  for (const Walk &W : R.Walks.drop_front())
    Result.Unmoved.append(W.R->Unmoved);
  return Result;
}

// Makes R one tooth if its teeth reach each other.
void RangeFinder::closeGaps(Range &R) {
  const SCEV *Step = SE.getConstant(I64, R.Teeth.Step);
  if (!R.Teeth || !SE.isKnownPredicate(CmpInst::ICMP_UGE, R.Length, Step))
    return;
  const SCEV *Further = SE.getMinusSCEV(R.Teeth.Count, SE.getOne(I64));
  R.Length = SE.getAddExpr(R.Length, SE.getMulExpr(Further, Step));
  R.Teeth = {};
}

// Hoists the walks of a run if it covers all that it steps over.
bool RangeFinder::hoistRun(Loop &L, const Run &R, RangeList &Out) {
  const Walk &First = R.first();
  if (std::abs(First.Step) > R.covered())
    return false;
  const SCEV *Walked = SE.getMulExpr(backedgeCount(L, First.R->Block),
                                     SE.getConstant(I64, std::abs(First.Step)));
  const SCEV *Begin = First.Start;
  if (First.Step < 0)
    Begin = SE.getAddExpr(Begin, SE.getNegativeSCEV(Walked));
  const SCEV *Length = SE.getAddExpr(SE.getConstant(I64, R.covered()), Walked);
  Range Result = joined(R, Begin, Length);
  closeGaps(Result);
  return add(L, std::move(Result), Out);
}

// Makes a comb of runs of one length that follow each other at one distance,
// within an iteration and from one to the next.
bool RangeFinder::hoistComb(Loop &L, ArrayRef<Run> Runs, RangeList &Out) {
  const Run &First = Runs.front();
  int64_t Step = std::abs(First.first().Step);
  int64_t Distance = Step / int64_t(Runs.size());
  if (Distance * int64_t(Runs.size()) != Step || First.first().Step < 0)
    return false;
  for (size_t I = 0; I < Runs.size(); ++I) {
    if (Runs[I].covered() != First.covered() ||
        Runs[I].begin() != First.begin() + int64_t(I) * Distance)
      return false;
    for (const Walk &W : Runs[I].Walks)
      if (W.R->Teeth || W.R->Unmoved.empty())
        return false;
  }
  const Walk &Lowest = First.first();
  Range Result =
      joined(First, Lowest.Start, SE.getConstant(I64, First.covered()));
  for (const Run &R : Runs.drop_front())
    for (const Walk &W : R.Walks)
      Result.Unmoved.append(W.R->Unmoved);
  const SCEV *Iterations =
      SE.getAddExpr(backedgeCount(L, Lowest.R->Block), SE.getOne(I64));
  Result.Teeth = {uint64_t(Distance),
                  SE.getMulExpr(Iterations, SE.getConstant(I64, Runs.size()))};
  return add(L, std::move(Result), Out);
}

// Group: walks of one kind and step, sorted by where they begin.
void RangeFinder::hoistGroup(Loop &L, ArrayRef<Walk> Group, RangeList &Out) {
  SmallVector<Run, 4> Gapped;
  for (size_t I = 0, J; I < Group.size(); I = J) {
    int64_t End = Group[I].End;
    for (J = I + 1; J < Group.size() && Group[J].Begin <= End; ++J)
      End = std::max(End, Group[J].End);
    Run R{Group.slice(I, J - I), End};
    if (!hoistRun(L, R, Out))
      Gapped.push_back(R);
  }
  if (Gapped.empty() || hoistComb(L, Gapped, Out))
    return;
  for (const Run &R : Gapped)
    for (const Walk &W : R.Walks)
      stay(*W.R);
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
          W.R->IsWrite != First.R->IsWrite || W.R->Teeth != First.R->Teeth) {
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
    hoistGroup(L, Group, Out);
    Walks = std::move(Others);
  }
}

void RangeFinder::addOwn(Loop &L, RangeList &Ranges) {
  for (size_t Index : ArrayRef(Own[&L]).take_front(kMaxPerLoop)) {
    const Access &A = Accesses[Index];
    Ranges.push_back({SE.getSCEV(A.Addr),
                      SE.getConstant(I64, A.Size),
                      A.At->getParent(),
                      A.Alignment,
                      A.IsWrite,
                      A.At->getDebugLoc(),
                      {},
                      {Index}});
  }
}

// R goes no further than its block. An access that was not moved keeps its own
// check, and so do those of a comb.
void RangeFinder::stay(const Range &R) {
  if (R.Unmoved.empty())
    settle(R);
}

// Returns the ranges that are to be checked at the preheader of L. Those that
// stay in L are settled.
RangeList RangeFinder::visit(Loop &L) {
  RangeList In, Out;
  for (Loop *Inner : L)
    In.append(visit(*Inner));
  if (!prepare(L)) {
    for (const Range &R : In)
      stay(R);
    return Out;
  }
  addOwn(L, In);
  SmallVector<Walk, 8> Walks;
  for (const Range &R : In) {
    if (hoistInvariant(L, R, Out) || hoistContiguous(L, R, Out))
      continue;
    if (auto W = walkOf(L, R))
      Walks.push_back(*W);
    else
      stay(R);
  }
  hoistGroups(L, Walks, Out);
  return Out;
}

// Checks R, which has no gaps, at the end of its block.
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
      stay(R);
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
