// What a timer does, as the detector sees it.
#ifndef HEDDLE_GO_FIRINGSTRAND_H
#define HEDDLE_GO_FIRINGSTRAND_H

#include "go/Edges.h"
#include "sched/Sanitizers.h"

namespace go::detail {

// What the starts of a timer tell the strand as which it fires.
class StartClock {
public:
  StartClock() = default;
  ~StartClock() {
    if (gDetector)
      gDetector->drop(Clock);
  }
  StartClock(const StartClock &) = delete;
  StartClock &operator=(const StartClock &) = delete;

  // Two may start a timer, and it may fire, at the same time.
  void release() {
    if (!gDetector)
      return;
    heddle::sched::LockWordHolder Hold(Lock);
    gDetector->publish(Clock);
  }
  void acquire() {
    heddle::sched::LockWordHolder Hold(Lock);
    gDetector->learn(Clock);
  }

private:
  std::atomic<uint32_t> Lock{0};
  heddle::InlineClock Clock;
};

// The strand as which a timer fires: it has learnt what its starts released,
// and nothing else.
class FiringStrand {
public:
  FiringStrand(StartClock &Starts, Site MadeAt) {
    if (!gDetector)
      return;
    Before = gDetector->currentStrand();
    Own = gDetector->strandCreate(0, "timer", toSite(MadeAt));
    gDetector->strandSwitch(Own);
    Starts.acquire();
  }
  ~FiringStrand() {
    if (!gDetector)
      return;
    gDetector->strandFinish(Own);
    gDetector->strandSwitch(Before);
    if (heddle::sched::runsUnderTsan())
      heddle::sched::destroyTsanFiber(Own);
  }

private:
  heddle::Strand *Before = nullptr;
  heddle::Strand *Own = nullptr;
};

} // namespace go::detail
#endif
