// The list of all checks that are linked in, and how they are run.
//
// Thread safety: registration happens in static constructors of the host
// binary; afterwards everything here is read-only.
#ifndef HEDDLE_CORE_REGISTRY_H
#define HEDDLE_CORE_REGISTRY_H

#include "core/Check.h"

#include <string>
#include <string_view>
#include <vector>

namespace heddle {

struct Registration {
  explicit Registration(Check C);
};

// All checks, sorted by id.
const std::vector<Check> &allChecks();
const Check *findCheck(std::string_view Id);

// Which checks to run. Empty Only means all that are not Tier::Optional.
struct CheckSelection {
  std::vector<std::string> Only;
  std::vector<std::string> Disabled;
  bool selects(const Check &C) const;
};

// Runs the selected checks, applies `heddle:allow`, numbers the fingerprints
// and sorts by place.
std::vector<Finding> runChecks(const Unit &U, const CheckSelection &S);

// The same for a unit that several files were joined to. Comments are obeyed,
// and those that were needed are added to `Used`; whether there are too many
// has been judged with each file. Fingerprints are not set.
std::vector<Finding> runChecksOnJoined(const Unit &U, const CheckSelection &S,
                                       std::vector<Location> &Used);

// Sorts by place and sets the fingerprints.
void numberFindings(std::vector<Finding> &Findings);

} // namespace heddle

#endif
