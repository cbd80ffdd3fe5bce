// A goroutine blocks for ever on a channel whose other side can leave early.
//
// The skeleton exploration finds strands that are stuck on channels that only
// the scope knows. This check takes those that were started by the scope, tells
// how it comes to that, and offers more capacity where that mends it: the
// proposal is explored like the original before it is made.
#include "core/Check.h"
#include "engines/skeleton/Analysis.h"
#include "engines/skeleton/Story.h"
#include "facts/Keys.h"

#include <algorithm>
#include <set>

using namespace heddle;
using skeleton::Blocked;
using skeleton::Bound;
using skeleton::Explored;
using skeleton::Story;

namespace {

// Where the capacity stands in the text of the maker: "makeChan<T>(HERE)".
struct CapacityText {
  Range Where;
  bool Found = false;
};

CapacityText findCapacity(const Unit &U, const Range &Maker) {
  CapacityText C;
  std::string_view Text = U.text(Maker);
  if (Maker.InMacro || Text.empty() || Text.back() != ')' ||
      Maker.Line != Maker.EndLine)
    return C;
  int Depth = 0;
  for (size_t I = Text.size(); I-- > 0;) {
    Depth += Text[I] == ')' ? 1 : Text[I] == '(' ? -1 : 0;
    // One argument at most: what follows a comma is not ours to change.
    if (Depth == 1 && Text[I] == ',')
      return C;
    if (Depth != 0)
      continue;
    C.Where = Maker;
    C.Where.Begin = Maker.Begin + uint32_t(I) + 1;
    C.Where.Col = Maker.Col + uint32_t(I) + 1;
    C.Where.End = Maker.End - 1;
    C.Where.EndCol = Maker.EndCol - 1;
    C.Found = true;
    return C;
  }
  return C;
}

// The same skeleton with another capacity has no proven trouble left at this
// place, and none elsewhere that it did not have before.
bool capacityHelps(const Explored &X, const Blocked &F,
                   skeleton::ObjectId Channel, Bound Capacity) {
  skeleton::Skeleton S = X.B.S;
  S.Objects[Channel].Capacity = Capacity;
  // More rounds than the finding took: three are not yet "any number".
  skeleton::Limits L = skeleton::scopeLimits();
  L.MostSymbol = 5;
  skeleton::Result R = exploreAll(S, L);
  if (!R.complete())
    return false;
  auto Was = [&](const Blocked &N) {
    return std::any_of(
        X.R.Stuck.begin(), X.R.Stuck.end(), [&](const Blocked &O) {
          return O.Proven && O.Strand == N.Strand && O.At == N.At;
        });
  };
  return std::none_of(R.Stuck.begin(), R.Stuck.end(), [&](const Blocked &N) {
    return (N.Strand == F.Strand && N.At == F.At) || (N.Proven && !Was(N));
  });
}

// A symbol as it can be written where the channel is made, or nothing: the
// loop that it bounds must be in the same function, and its variables older.
std::string writeSymbol(const Explored &X, unsigned Symbol, StepId Maker) {
  const Unit &U = *X.Sc.U;
  const heddle::Step &Make = X.Sc.step(Maker);
  const std::string &Key = X.B.SymbolKeys[Symbol];
  if (!Key.empty() && Key[0] == '=')
    return Key.substr(1);
  bool SameFrame = false;
  for (const heddle::Strand &T : X.Sc.Strands)
    for (const StrandLoop &L : T.Loops)
      SameFrame |= L.Bound.Key == Key && L.Frame == Make.Frame;
  std::vector<PathId> Named = marksIn(Key);
  bool Writable =
      SameFrame && std::all_of(Named.begin(), Named.end(), [&](PathId P) {
        const heddle::Object &O = U.Paths.rootObject(P);
        return O.K == heddle::Object::Param || O.K == heddle::Object::Global ||
               (O.Line && O.Line < Make.Do.Where.Line);
      });
  return Writable ? withoutMarks(Key) : std::string();
}

struct Proposal {
  std::string Text;
  Bound Capacity;
};

// Capacities worth a try, in this order: one, what bounds a loop, the least.
std::vector<Proposal> proposals(const Explored &X, const Story &Told) {
  const skeleton::Object &Channel = X.B.S.Objects[Told.Channel];
  std::vector<Proposal> Out;
  bool Known = Channel.Capacity.Kind == Bound::Constant;
  int Now = Known ? Channel.Capacity.Value : 0;
  if (Known && Now < 1)
    Out.push_back({"1", Bound::constant(1)});
  for (unsigned Symbol = 0; Symbol < X.B.SymbolKeys.size(); ++Symbol)
    if (std::string Text = writeSymbol(X, Symbol, X.B.Makers[Told.Channel]);
        !Text.empty())
      Out.push_back({Text, Bound::symbol(Symbol)});
  if (!Known || X.B.S.Symbols)
    return Out;
  std::set<int> Bounds;
  for (const skeleton::Strand &T : X.B.S.Strands)
    for (const skeleton::Place &P : T.Places)
      for (const skeleton::Edge &E : P.Edges)
        if (E.What == skeleton::Op::LoopNext && E.Count.Value > Now)
          Bounds.insert(E.Count.Value);
  for (int N = Now + 1; N <= Now + 3; ++N)
    Bounds.insert(100 + N);
  for (int N : Bounds)
    Out.push_back({std::to_string(N % 100), Bound::constant(N % 100)});
  return Out;
}

std::string findCapacityThatHelps(const Explored &X, const Blocked &F,
                                  const Story &Told) {
  for (const Proposal &P : proposals(X, Told))
    if (capacityHelps(X, F, Told.Channel, P.Capacity))
      return P.Text;
  return {};
}

// What happens, in one line.
std::string message(const Explored &X, const Story &T) {
  std::string Name = X.B.S.Objects[T.Channel].Name;
  std::string Act = T.IsSelect ? "select"
                    : T.IsSend ? "send to '" + Name + "'"
                               : "receive from '" + Name + "'";
  std::string Out = "this " + Act + " can block for ever: ";
  if (!T.Cause.empty())
    return Out + T.Cause;
  return Out + (T.IsSend ? "nothing receives" : "nothing sends or closes");
}

std::string labelOf(const Explored &X, const Story &T) {
  Bound B = X.B.S.Objects[T.Channel].Capacity;
  if (!T.IsSend)
    return "waits for a value or close that cannot come any more";
  if (B.Kind == Bound::Constant && B.Value == 0)
    return "waits for a receiver, and nobody is left to receive";
  return "finds the buffer full, and nobody is left to receive";
}

bool concerns(const Blocked &F, const Story &T) {
  if (!F.Proven || F.Strand == 0 || T.Channel == skeleton::kNoObject)
    return false;
  // A receive without any sender or closer is another defect.
  return T.IsSend || T.HasPeer;
}

void reportOne(const Explored &X, const Blocked &F, const Story &T,
               Reporter &R) {
  const heddle::Step &Stuck = X.Sc.step(T.Stuck);
  auto Builder = R.report(Stuck.Do.Where, message(X, T));
  Builder.label(labelOf(X, T))
      .in(X.Sc.U->function(X.Sc.Frames[Stuck.Frame].Function));
  if (StepId Spawn = X.Sc.Strands[F.Strand].Spawn; Spawn != kNone)
    Builder.context(X.Sc.step(Spawn).Do.Where);
  for (const skeleton::StoryNote &N : T.Notes)
    Builder.note(N.Where, N.Text);
  if (!T.IsSend || T.IsSelect)
    return;
  const Range &Maker = X.Sc.step(X.B.Makers[T.Channel]).Do.Where;
  CapacityText Place = findCapacity(*X.Sc.U, Maker);
  if (!Place.Found)
    return;
  std::string Capacity = findCapacityThatHelps(X, F, T);
  if (Capacity.empty())
    return;
  Fix Change;
  Change.Title = "make '" + X.B.S.Objects[T.Channel].Name + "' with capacity " +
                 Capacity + ", so that no send waits";
  Change.Edits.push_back(R.replace(Place.Where, Capacity));
  Builder.fix(std::move(Change));
}

void run(const Unit &U, Reporter &R) {
  // The smallest scope that shows an operation stuck is the one that reports.
  std::set<std::pair<uint32_t, uint32_t>> Reported;
  for (const Explored &X : U.of<skeleton::Explorations>().all())
    for (const Blocked &F : X.R.Stuck) {
      Story T = tell(X, F);
      if (!concerns(F, T))
        continue;
      const Range &At = X.Sc.step(T.Stuck).Do.Where;
      if (Reported.insert({At.File, At.Begin}).second)
        reportOne(X, F, T, R);
    }
}

const Registration kCheck(
    {"chan-leak-on-return", Tier::Default,
     "a goroutine blocks for ever on a channel whose other side left", run});

} // namespace
