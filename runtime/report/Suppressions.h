// Suppressions: findings that the user does not want to hear of.
//
// One a line, 'kind:pattern', as ThreadSanitizer reads them; docs/guide/
// suppressions.md is the reference.
// Thread safety: callers hold the report's lock.
#ifndef HEDDLE_REPORT_SUPPRESSIONS_H
#define HEDDLE_REPORT_SUPPRESSIONS_H

#include "report/Finding.h"

namespace heddle {

struct Suppression {
  std::string Kind;
  std::string Pattern;
  std::string File; // where it is written; empty: in the program itself
  int Line;
  uint64_t Matched = 0;
};

class Suppressions {
public:
  // Adds the lines of Text, which was read from File. Returns what is wrong
  // with lines that were left out, one text each.
  std::vector<std::string> add(const std::string &Text,
                               const std::string &File);
  // Counts, and returns true, if one of them matches F.
  bool silence(const Finding &F);

  const std::vector<Suppression> &all() const { return All; }
  std::vector<const Suppression *> unused() const;

private:
  std::vector<Suppression> All;
};

// Those of this run.
Suppressions &suppressions();
// Reads the file that the options name, or heddle.supp in the working directory
// or the nearest folder above it, and prints warnings. Returns an empty string,
// or what is wrong, as one line that names the remedy.
std::string readSuppressions();

} // namespace heddle
#endif
