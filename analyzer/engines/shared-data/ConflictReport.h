// A conflict as a finding: both sides, the locks they hold, where their strands
// start, and the lock to take.
#ifndef HEDDLE_ENGINES_SHARED_DATA_CONFLICTREPORT_H
#define HEDDLE_ENGINES_SHARED_DATA_CONFLICTREPORT_H

#include "core/Trace.h"
#include "engines/shared-data/SharedData.h"

namespace heddle {

class ConflictReport {
public:
  ConflictReport(const Scope &S, const SharedData &Data, Reporter &R)
      : S(S), U(*S.U), Data(Data), R(R) {}

  // `Why` is said where no lock is known that should be held.
  void report(const Conflict &C, const std::string &Why = "");

private:
  std::string holding(StepId Id) const;
  void fix(Reporter::Builder &B, const Conflict &C) const;

  const Scope &S;
  const Unit &U;
  const SharedData &Data;
  Reporter &R;
};

} // namespace heddle

#endif
