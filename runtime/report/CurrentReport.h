// The report that is being made, for a program that wants to look at it
// (sanitizer/tsan_interface.h).
#ifndef HEDDLE_REPORT_CURRENTREPORT_H
#define HEDDLE_REPORT_CURRENTREPORT_H

#include "detect/Findings.h"

namespace heddle {

// One of them. Valid while the program's __tsan_on_report runs.
struct CurrentReport {
  const RaceReport *Race = nullptr;
  const LockMisuseReport *Misuse = nullptr;
  const ThreadLeak *Leaks = nullptr;
  size_t LeakCount = 0;
};

// Calls the program's __tsan_on_report, if it has one, on the thread that has
// just printed R.
void showToProgram(const CurrentReport &R);

} // namespace heddle
#endif
