// Makes one check of checks that lie side by side.
//
// Accesses of one kind to neighbouring bytes, made on one line of the source in
// a stretch of code that is executed as a whole and in which the epoch cannot
// change: unrolled loops, members that are set or copied together. One check of
// all the bytes, before the first of them, reports the same races: each of the
// bytes is accessed in the same epoch, by that line.
//
// Invariants:
// - A merged check has an inline test: its bytes are few enough, and which of
//   the first cell they are is known, or they make whole cells.
#include "Neighbours.h"
#include "Layout.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace heddle {
namespace {

constexpr int64_t kMaxBytes = kMaxInlineCells * kCellBytes;
constexpr size_t kMaxOpen = 128; // keeps the pass linear

struct Neighbour {
  Value *Base;
  int64_t Begin, End; // relative to Base
  size_t Index;       // of the access
  unsigned Order;     // in its block
};

class Merger {
public:
  Merger(Function &F, SmallVectorImpl<Access> &Accesses);
  void run();

private:
  void visit(BasicBlock &Block);
  void open(size_t Index);
  void close();
  void placeInCells();
  void mergeGroup(SmallVectorImpl<Neighbour> &Group);
  void mergeRun(ArrayRef<Neighbour> Run, int64_t End);
  bool belongTogether(const Neighbour &A, const Neighbour &B) const;

  Function &F;
  SmallVectorImpl<Access> &Accesses;
  DenseMap<Instruction *, SmallVector<size_t, 1>> At;
  SmallVector<Neighbour, 32> Open; // since the last end of a stretch
  SmallVector<bool, 64> Dropped;
};

Merger::Merger(Function &F, SmallVectorImpl<Access> &Accesses)
    : F(F), Accesses(Accesses), Dropped(Accesses.size(), false) {
  for (size_t I = 0; I < Accesses.size(); ++I)
    if (const Access &A = Accesses[I];
        !A.IsVptr && !A.DynamicSize && !A.OutOfLine && !A.Line)
      At[A.At].push_back(I);
}

bool isOnOneLine(const DebugLoc &A, const DebugLoc &B) {
  if (!A || !B)
    return !A && !B;
  return A.getLine() == B.getLine() && A.getScope() == B.getScope() &&
         A.getInlinedAt() == B.getInlinedAt();
}

bool Merger::belongTogether(const Neighbour &A, const Neighbour &B) const {
  const Access &X = Accesses[A.Index], &Y = Accesses[B.Index];
  return A.Base == B.Base && X.IsWrite == Y.IsWrite &&
         isOnOneLine(X.At->getDebugLoc(), Y.At->getDebugLoc());
}

// An aligned access tells where all that are made relative to the same base lie
// in their cells, since all of them are executed if one is.
void Merger::placeInCells() {
  DenseMap<const Value *, int64_t> Aligned;
  for (const Neighbour &N : Open)
    if (Accesses[N.Index].Alignment >= kCellBytes)
      Aligned.try_emplace(N.Base, N.Begin);
  for (const Neighbour &N : Open)
    if (auto It = Aligned.find(N.Base); It != Aligned.end())
      Accesses[N.Index].InCell =
          static_cast<uint64_t>(N.Begin - It->second) % kCellBytes;
}

// No column is right for all accesses of a line.
DebugLoc wholeLine(const DebugLoc &At) {
  if (!At)
    return At;
  return DILocation::get(At->getContext(), At.getLine(), 0, At.getScope(),
                         At.getInlinedAt());
}

// Run: accesses that touch, from the lowest address to End.
void Merger::mergeRun(ArrayRef<Neighbour> Run, int64_t End) {
  const Access &Lowest = Accesses[Run.front().Index];
  uint64_t Size = End - Run.front().Begin;
  bool IsTested = Lowest.InCell
                      ? *Lowest.InCell + Size <= kMaxInlineCells * kCellBytes
                      : Size % kCellBytes == 0 && Size > kCellBytes;
  if (Run.size() == 1 || !IsTested)
    return;
  const Neighbour &Earliest = *min_element(
      Run, [](const auto &A, const auto &B) { return A.Order < B.Order; });
  Access Merged = Accesses[Earliest.Index];
  Merged.Line = wholeLine(Merged.At->getDebugLoc());
  IRBuilder<> B(Merged.At);
  Merged.Addr = B.CreatePtrAdd(Earliest.Base, B.getInt64(Run.front().Begin));
  Merged.Size = Size;
  Merged.Alignment = Lowest.Alignment;
  Merged.InCell = Lowest.InCell;
  for (const Neighbour &N : Run)
    Dropped[N.Index] = true;
  Dropped[Earliest.Index] = false;
  Accesses[Earliest.Index] = Merged;
}

// Group: accesses that may be checked together, in the order of the block.
void Merger::mergeGroup(SmallVectorImpl<Neighbour> &Group) {
  sort(Group, [](const Neighbour &A, const Neighbour &B) {
    return std::tie(A.Begin, A.Order) < std::tie(B.Begin, B.Order);
  });
  for (size_t I = 0, J; I < Group.size(); I = J) {
    int64_t End = Group[I].End;
    for (J = I + 1; J < Group.size() && Group[J].Begin <= End; ++J) {
      int64_t NewEnd = std::max(End, Group[J].End);
      if (NewEnd - Group[I].Begin > kMaxBytes)
        break;
      End = NewEnd;
    }
    mergeRun(ArrayRef(Group).slice(I, J - I), End);
  }
}

void Merger::close() {
  placeInCells();
  while (Open.size() > 1) {
    SmallVector<Neighbour, 16> Group, Others;
    for (const Neighbour &N : Open)
      (belongTogether(Open.front(), N) ? Group : Others).push_back(N);
    mergeGroup(Group);
    Open.assign(Others.begin(), Others.end());
  }
  Open.clear();
}

void Merger::open(size_t Index) {
  const Access &A = Accesses[Index];
  APInt Offset(64, 0);
  Value *Base = A.Addr->stripAndAccumulateConstantOffsets(
      F.getDataLayout(), Offset, /*AllowNonInbounds=*/true);
  int64_t Begin = Offset.getSExtValue();
  Open.push_back({Base, Begin, Begin + static_cast<int64_t>(A.Size), Index,
                  static_cast<unsigned>(Open.size())});
}

void Merger::visit(BasicBlock &Block) {
  for (Instruction &I : Block) {
    if (auto It = At.find(&I); It != At.end())
      for (size_t Index : It->second)
        open(Index);
    if (isa<LifetimeIntrinsic>(I) || mayChangeEpoch(I) ||
        Open.size() >= kMaxOpen ||
        !isGuaranteedToTransferExecutionToSuccessor(&I))
      close();
  }
  close();
}

void Merger::run() {
  for (BasicBlock &Block : F)
    visit(Block);
  size_t Kept = 0;
  for (size_t I = 0; I < Accesses.size(); ++I)
    if (!Dropped[I])
      Accesses[Kept++] = Accesses[I];
  Accesses.truncate(Kept);
}

} // namespace

void mergeNeighbours(Function &F, SmallVectorImpl<Access> &Accesses) {
  if (!Accesses.empty())
    Merger(F, Accesses).run();
}

} // namespace heddle
