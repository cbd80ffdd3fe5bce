// The name that a user may have meant.
#ifndef HEDDLE_REPORT_NEARESTNAME_H
#define HEDDLE_REPORT_NEARESTNAME_H

#include <string>
#include <vector>

namespace heddle {

// Returns the one of Names that takes the fewest changes of a letter.
// Requires: Names is not empty.
std::string nearestName(const std::string &Name,
                        const std::vector<const char *> &Names);

} // namespace heddle
#endif
