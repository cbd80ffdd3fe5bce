// What a timer does, as the detector sees it.
#ifndef HEDDLE_GO_FIRINGSTRAND_H
#define HEDDLE_GO_FIRINGSTRAND_H

#include "go/Edges.h"
#include "sched/Sanitizers.h"

namespace go::detail {

// The strand as which a timer fires: it has learnt what was released at Clock,
// the timer, and nothing else.
class FiringStrand {
public:
  FiringStrand(const void *Clock, Site MadeAt) {
    if (!gDetector)
      return;
    Before = gDetector->currentStrand();
    Own = gDetector->strandCreate(0, "timer", toSite(MadeAt));
    gDetector->strandSwitch(Own);
    gDetector->acquire(Clock);
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
