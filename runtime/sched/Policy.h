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
#include <string>

namespace heddle::sched {

class ControlledPolicy {
public:
  virtual ~ControlledPolicy() = default;
  // The index of the next of Count > 1 runnable goroutines, in the order in
  // which they became runnable; the running one, if it could go on, is last.
  virtual uint32_t pick(Goroutine *const *Runnable, uint32_t Count) = 0;
  // Any other choice among Count > 1 equals, such as a select's.
  virtual uint32_t choose(uint32_t Count) = 0;
  // G says that it can do nothing useful now: go::yield.
  virtual void yielded(Goroutine *) {}
};

enum class PolicyKind : uint8_t { Free, Random, Pct, Replay };

// How the next scheduler is set up.
struct Setup {
  int Workers = 0; // 0: GOMAXPROCS, else the processors of the process
  PolicyKind Kind = PolicyKind::Free;
  uint64_t Seed = 0;     // Random and Pct
  uint32_t Depth = 3;    // Pct: bugs that need so many ordered steps are found
  uint32_t Steps = 1000; // Pct: how many choices the run is thought to have
  std::string File;      // Replay: the schedule
  std::string Record;    // "" or the file that receives the schedule
  int64_t WatchdogMillis = 0; // tell of goroutines that run for longer; 0: no
};

// Reads "free", "random[:SEED]", "pct:DEPTH[:SEED[:STEPS]]" or "replay:FILE"
// into S. Returns an empty string, or what is wrong, with the remedy.
std::string parsePolicy(const std::string &Text, Setup &S);
// The text that parsePolicy reads.
std::string policyText(const Setup &S);

// Reads HEDDLE_SCHED (see parsePolicy), HEDDLE_RECORD (a file), HEDDLE_WATCHDOG
// (milliseconds) and GOMAXPROCS.
// A value that it does not understand ends the process with a message and
// code 2.
Setup setupFromEnvironment();
// Replaces the environment's setup from the next start on.
void setSetup(const Setup &S);
// What the next start uses. A schedule is recorded, or replayed, by the first
// start that asks for it; later ones follow the policy alone.
Setup nextSetup();

// The policies. Null for Free.
std::unique_ptr<ControlledPolicy> makePolicy(const Setup &S);
std::unique_ptr<ControlledPolicy> makePctPolicy(const Setup &S);
// Errors: a file that cannot be read, or is no schedule, ends the process with
// a message and code 2; so does a run that leaves the schedule.
std::unique_ptr<ControlledPolicy> makeReplayPolicy(const std::string &File);
// Passes on what Inner chooses and writes it to File.
std::unique_ptr<ControlledPolicy>
makeRecordingPolicy(std::unique_ptr<ControlledPolicy> Inner,
                    const std::string &Policy, const std::string &File);

// The policy that a schedule was recorded under, "" if it cannot be read.
std::string recordedPolicy(const std::string &File);

} // namespace heddle::sched
#endif
