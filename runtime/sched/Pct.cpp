// The policy pct: random priorities with a few random changes.
//
// 1. Each goroutine gets a random priority when it can first run; the runnable
//    one with the highest runs.
// 2. Depth - 1 steps among the first Steps are drawn beforehand; the goroutine
//    about to take the I-th of them falls to priority I, below all initial
//    ones.
// 3. A bug that needs Depth ordered steps among N goroutines is met with
//    probability 1 / (N * Steps^(Depth - 1)) at least.
//
// Reference: S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte, "A
// Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS
// 2010. We deviate in three things: a step is a choice among at least two
// goroutines, not an instruction; priorities are drawn from 63 bits instead of
// as a permutation, for the number of goroutines is not known; and one that
// yields, or runs when kMostSteps steps have changed no priority, falls below
// all: a loop that waits for another goroutine, or two that wake each other,
// would never let it run.
#include "sched/Policy.h"
#include "sched/Random.h"

#include <vector>

namespace heddle::sched {
namespace {

class PctPolicy final : public ControlledPolicy {
public:
  explicit PctPolicy(const Setup &S) : Numbers(S.Seed) {
    for (uint32_t I = 1; I < S.Depth; ++I)
      Changes.push_back(1 + Numbers.below(S.Steps));
  }

  uint32_t pick(Goroutine *const *Runnable, uint32_t Count) override {
    for (uint32_t I = 0; I < Count; ++I)
      if (!Runnable[I]->Priority)
        Runnable[I]->Priority = kInitial + (Numbers.next() >> 1);
    ++Step;
    for (size_t I = 0; I < Changes.size(); ++I)
      if (Changes[I] == Step)
        Runnable[highest(Runnable, Count)]->Priority = kChanged + I;
    uint32_t Best = highest(Runnable, Count);
    if (Step - LastChange >= kMostSteps) {
      yielded(Runnable[Best]);
      Best = highest(Runnable, Count);
    }
    return Best;
  }
  uint32_t choose(uint32_t Count) override { return Numbers.below(Count); }
  void yielded(Goroutine *G) override {
    G->Priority = --Lowest;
    LastChange = Step;
  }

private:
  // Those who yielded count down from kChanged, so 0 stays 'none yet'.
  static constexpr uint64_t kChanged = uint64_t(1) << 48;
  static constexpr uint64_t kInitial = uint64_t(1) << 49;
  static constexpr uint32_t kMostSteps = 10000;

  static uint32_t highest(Goroutine *const *Runnable, uint32_t Count) {
    uint32_t Best = 0;
    for (uint32_t I = 1; I < Count; ++I)
      if (Runnable[I]->Priority > Runnable[Best]->Priority)
        Best = I;
    return Best;
  }

  Random Numbers;
  std::vector<uint64_t> Changes; // the steps, in the order they were drawn
  uint64_t Step = 0;
  uint64_t Lowest = kChanged;
  uint64_t LastChange = 0; // the step of the last fall below all
};

} // namespace

std::unique_ptr<ControlledPolicy> makePctPolicy(const Setup &S) {
  return std::make_unique<PctPolicy>(S);
}

} // namespace heddle::sched
