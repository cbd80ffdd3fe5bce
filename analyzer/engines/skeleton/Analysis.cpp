// Selection of scopes, budgets and the log.
#include "engines/skeleton/Analysis.h"
#include "engines/skeleton/ThreadClock.h"

#include <algorithm>

namespace heddle::skeleton {

void (*SkeletonLog)(const std::string &Line) = nullptr;

namespace {

using Clock = ThreadClock;
constexpr auto kUnitTime = std::chrono::milliseconds(400);

/// What a function does, itself or through what it calls or spawns.
struct Reach {
  bool MakesChannel = false, Counts = false, Spawns = false;
  /// How many functions its expansion contains at most; callers have more.
  unsigned Size = 0;
};

class Roots {
public:
  explicit Roots(const Unit &U) : U(U), State(U.Functions.size(), kUnseen) {
    Of.resize(U.Functions.size());
  }

  std::vector<FunctionId> find() {
    std::vector<FunctionId> Out;
    for (FunctionId F = 0; F < U.Functions.size(); ++F)
      if (const Reach &R = visit(F);
          (R.MakesChannel || R.Counts) && R.Spawns && U.function(F).InMainFile)
        Out.push_back(F);
    std::stable_sort(Out.begin(), Out.end(), [&](FunctionId A, FunctionId B) {
      return Of[A].Size < Of[B].Size;
    });
    return Out;
  }

private:
  enum : uint8_t { kUnseen, kOpen, kDone };

  const Reach &visit(FunctionId F) {
    Reach &R = Of[F];
    if (State[F] != kUnseen)
      return R;
    State[F] = kOpen;
    R.Size = 1;
    for (const heddle::Op &Do : U.function(F).Ops) {
      R.MakesChannel |= Do.Kind == OpKind::ChanMake;
      R.Counts |= Do.Kind == OpKind::WgDone || Do.Kind == OpKind::WgWait;
      R.Spawns |= Do.Kind == OpKind::Spawn;
      if (Do.Callee == kNone)
        continue;
      const Reach &Inner = visit(Do.Callee);
      R.MakesChannel |= Inner.MakesChannel;
      R.Counts |= Inner.Counts;
      R.Spawns |= Inner.Spawns;
      R.Size = std::min(R.Size + Inner.Size, 1u << 20);
    }
    State[F] = kDone;
    return R;
  }

  const Unit &U;
  std::vector<uint8_t> State;
  std::vector<Reach> Of;
};

std::string microseconds(Clock::duration D) {
  return std::to_string(
             std::chrono::duration_cast<std::chrono::microseconds>(D).count()) +
         " us";
}

void logScope(const Unit &U, FunctionId Root, const Explored *X,
              Clock::duration Building, Clock::duration Exploring) {
  if (!SkeletonLog)
    return;
  std::string Line = "skeleton of '" + U.function(Root).Name + "': ";
  if (!X) {
    SkeletonLog(Line + "nothing to explore, " + microseconds(Building));
    return;
  }
  Line += std::to_string(X->B.S.Strands.size()) + " strands, " +
          std::to_string(X->B.S.Objects.size()) + " objects, " +
          std::to_string(X->R.States) + " states, built in " +
          microseconds(Building) + ", explored in " + microseconds(Exploring);
  if (X->R.OutOfStates)
    Line += ", cut off: number of states";
  if (X->R.OutOfTime)
    Line += ", cut off: time";
  if (X->R.CutOffs)
    Line += ", " + std::to_string(X->R.CutOffs) + " ways cut off";
  if (X->Sc.Truncated)
    Line += ", calls not expanded";
  SkeletonLog(Line + "\n" + print(X->B.S));
}

} // namespace

Limits scopeLimits() { return {}; }

void Explorations::explore(const Unit &U, FunctionId Root) {
  auto Begin = Clock::now();
  Explored X;
  X.Sc = expand(U, Root);
  std::optional<Built> B = build(X.Sc);
  auto Ready = Clock::now();
  if (!B)
    return logScope(U, Root, nullptr, Ready - Begin, {});
  X.B = std::move(*B);
  X.R = exploreAll(X.B.S, scopeLimits());
  logScope(U, Root, &X, Ready - Begin, Clock::now() - Ready);
  if (!X.R.Stuck.empty() || !X.R.Faults.empty())
    All.push_back(std::move(X));
}

Explorations::Explorations(const Unit &U) {
  auto Start = Clock::now();
  for (FunctionId Root : Roots(U).find()) {
    if (Clock::now() - Start <= kUnitTime)
      explore(U, Root);
    else if (SkeletonLog)
      SkeletonLog("skeleton of '" + U.function(Root).Name +
                  "': not explored, the time for this file is used up");
  }
}

} // namespace heddle::skeleton
