// Hands the options of a run that concern scheduling to the scheduler.
#ifndef HEDDLE_REPORT_SCHEDULE_H
#define HEDDLE_REPORT_SCHEDULE_H

#include "detect/Options.h"

#include <string>

namespace heddle {

// Sets up the next start of the scheduler as sched, seed and workers of O ask;
// what they leave open comes from HEDDLE_SCHED and GOMAXPROCS. Returns an empty
// string, or what is wrong, as one line that names the remedy.
std::string applySchedule(const Options &O);

} // namespace heddle
#endif
