// Findings as text for people: source line, carets, notes, fix.
#ifndef HEDDLE_CORE_TEXT_H
#define HEDDLE_CORE_TEXT_H

#include "core/Finding.h"

namespace heddle {

// One finding, several lines, the last one ended by a newline.
std::string renderText(const Finding &F);

// Applies the edits to `Text`, the content of `File`. Edits that overlap an
// earlier one are left out together with their whole fix; returns the number
// of fixes applied. With SafeOnly, fixes that need a look are left out.
unsigned applyFixes(std::string &Text, const std::string &File,
                    const std::vector<Finding> &Findings, bool SafeOnly);

} // namespace heddle

#endif
