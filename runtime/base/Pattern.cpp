// Wildcards without backtracking further than the last one.
#include "base/Pattern.h"

namespace heddle {

bool matchesPattern(const char *Pattern, const char *Text) {
  if (!*Text)
    return false;
  // Where to go on after a mismatch: a star takes one character more.
  const char *Star = Pattern, *StarText = Text;
  bool Anchored = *Pattern == '^';
  if (Anchored)
    ++Pattern;
  for (;;) {
    bool IsEnd = *Pattern == '$' && !Pattern[1];
    if (*Pattern == '*') {
      Anchored = false;
      Star = ++Pattern;
      StarText = Text;
    } else if (!*Pattern || (IsEnd && !*Text)) {
      return true;
    } else if (*Text && *Pattern == *Text && !IsEnd) {
      ++Pattern;
      ++Text;
    } else if (Anchored || !*StarText) {
      return false;
    } else {
      Pattern = Star;
      Text = ++StarText;
    }
  }
}

} // namespace heddle
