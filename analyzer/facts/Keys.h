// Keys: the text of a pure expression, with "#<path>" behind each variable.
//
// Equal keys of one unit name equal expressions: conditions, bounds of loops,
// capacities. Index labels of paths carry "#<object>" in the same way. A '#'
// without a number is a character of the text.
#ifndef HEDDLE_FACTS_KEYS_H
#define HEDDLE_FACTS_KEYS_H

#include "facts/Paths.h"
#include <functional>

namespace heddle {

// "#<Id>".
std::string mark(uint32_t Id);
// The numbers that a key names, in order, each as often as it occurs.
std::vector<uint32_t> marksIn(std::string_view Key);
bool mentions(std::string_view Key, PathId P);
// The key with each "#<number>" replaced by what `Text` gives for the number.
std::string replaceMarks(std::string_view Key,
                         const std::function<std::string(uint32_t)> &Text);
// As a reader sees it.
std::string withoutMarks(std::string_view Key);

} // namespace heddle

#endif
