// Who runs next: a policy that controls a run takes every choice itself.
//
// Under the free policy there is no object: workers run in parallel and steal.
// Under a controlled policy one goroutine runs at a time, at each call into
// go:: the policy names the next one, select asks it too, and the clock is
// virtual; so a run is a function of the policy's state.
#ifndef HEDDLE_SCHED_POLICY_H
#define HEDDLE_SCHED_POLICY_H

#include "sched/Goroutine.h"

#include <memory>

namespace heddle::sched {

class ControlledPolicy {
public:
  virtual ~ControlledPolicy() = default;
  // The index of the next of Count > 0 runnable goroutines, in the order in
  // which they became runnable; the running one, if it could go on, is last.
  virtual uint32_t pick(Goroutine *const *Runnable, uint32_t Count) = 0;
  // Any other choice among Count > 0 equals, such as a select's.
  virtual uint32_t choose(uint32_t Count) = 0;
};

// All choices uniform, from Seed.
std::unique_ptr<ControlledPolicy> makeRandomPolicy(uint64_t Seed);

// How the next scheduler is set up.
struct Setup {
  int Workers = 0;         // 0: GOMAXPROCS, else the processors of the process
  bool Controlled = false; // random(Seed)
  uint64_t Seed = 0;
};

// Reads HEDDLE_SCHED ("free" or "random[:SEED]") and GOMAXPROCS. A value that
// it does not understand ends the process with a message and code 2.
Setup setupFromEnvironment();
// Replaces the environment's setup from the next start on.
void setSetup(const Setup &S);
// What the next start uses.
Setup nextSetup();

} // namespace heddle::sched
#endif
