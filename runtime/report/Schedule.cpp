// Hands the options of a run that concern scheduling to the scheduler.
#include "report/Schedule.h"

#include "sched/Policy.h"

#include <cstring>

namespace heddle {

std::string applySchedule(const Options &O) {
  bool IsRandom = !strcmp(O.Sched, "random");
  if (!IsRandom && strcmp(O.Sched, "free"))
    return "'" + std::string(O.Sched) +
           "' is no scheduling policy; write sched=free or sched=random";
  if (!IsRandom && !O.Workers)
    return "";
  sched::Setup S = sched::setupFromEnvironment();
  if (IsRandom) {
    S.Controlled = true;
    S.Seed = static_cast<uint64_t>(O.Seed);
  }
  if (O.Workers)
    S.Workers = static_cast<int>(O.Workers);
  sched::setSetup(S);
  return "";
}

} // namespace heddle
