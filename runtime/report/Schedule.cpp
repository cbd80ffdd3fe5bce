// Hands the options of a run that concern scheduling to the scheduler.
#include "report/Schedule.h"

#include "sched/Policy.h"

#include <cstring>

namespace heddle {

std::string applySchedule(const Options &O) {
  bool Chosen = strcmp(O.Sched, "free");
  if (!Chosen && !O.Workers && !*O.Record && !O.Watchdog)
    return "";
  sched::Setup S = sched::setupFromEnvironment();
  if (Chosen) {
    if (std::string Wrong = sched::parsePolicy(O.Sched, S); !Wrong.empty())
      return Wrong;
    if (O.Seed)
      S.Seed = static_cast<uint64_t>(O.Seed);
  }
  if (O.Watchdog)
    S.WatchdogMillis = O.Watchdog;
  if (*O.Record)
    S.Record = O.Record;
  if (O.Workers)
    S.Workers = static_cast<int>(O.Workers);
  sched::setSetup(S);
  return "";
}

} // namespace heddle
