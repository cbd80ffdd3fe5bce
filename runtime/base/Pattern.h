// Patterns of suppression files: text with wildcards, found anywhere.
#ifndef HEDDLE_BASE_PATTERN_H
#define HEDDLE_BASE_PATTERN_H

namespace heddle {

// Returns true if Pattern occurs in Text. '*' stands for any characters, '^' at
// the beginning and '$' at the end of Pattern for the ends of Text. Nothing
// occurs in an empty text. Takes time in the product of the lengths at most.
bool matchesPattern(const char *Pattern, const char *Text);

} // namespace heddle
#endif
