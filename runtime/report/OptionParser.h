// Reads the text of the environment variable HEDDLE: name=value,name=value.
#ifndef HEDDLE_REPORT_OPTIONPARSER_H
#define HEDDLE_REPORT_OPTIONPARSER_H

#include "detect/Options.h"

#include <string>

namespace heddle {

// Reads Text into Out. Returns an empty string, or what is wrong with it, as
// one line that names the remedy. A comma in a value is written '\,'.
std::string parseOptions(const std::string &Text, Options &Out);
// The same for one option.
std::string setOption(const std::string &Name, const std::string &Value,
                      Options &Out);
// A copy of Text that lives as long as the process. Thread safety: none.
const char *keepText(const std::string &Text);

} // namespace heddle
#endif
