// Colour, as an extra where a terminal shows it and nobody has refused it.
#ifndef HEDDLE_TOOLS_TERMINAL_H
#define HEDDLE_TOOLS_TERMINAL_H

#include <string>

namespace heddle {

/// Text in green or red if standard output is a terminal. NO_COLOR refuses,
/// CLICOLOR_FORCE insists.
std::string green(const std::string &Text);
std::string red(const std::string &Text);

} // namespace heddle
#endif
