// The options of a run that is to be like one of ThreadSanitizer.
#ifndef HEDDLE_REPORT_TSANOPTIONS_H
#define HEDDLE_REPORT_TSANOPTIONS_H

#include "detect/Options.h"

#include <string>
#include <vector>

namespace heddle {

// Reads 'name=value' pairs with ThreadSanitizer's names and separators into
// Out. Known names without a counterpart have no effect. Returns what is wrong;
// the rest is read all the same.
std::vector<std::string> parseTsanOptions(const std::string &Text,
                                          Options &Out);

// What compat=tsan means: ThreadSanitizer's defaults, those of the program
// (__tsan_default_options), then TSAN_OPTIONS. Returns what is wrong, as above.
std::vector<std::string> readTsanOptions(Options &Out);

} // namespace heddle
#endif
