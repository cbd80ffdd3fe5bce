// Decides once whether this run prints in colour.
#include "Terminal.h"

#include <cstdlib>
#include <unistd.h>

namespace heddle {

static bool isSet(const char *Name) {
  const char *Value = std::getenv(Name);
  return Value && *Value;
}

static bool wantsColour() {
  static const bool Wants =
      !isSet("NO_COLOR") && (isSet("CLICOLOR_FORCE") || isatty(STDOUT_FILENO));
  return Wants;
}

static std::string paint(const char *Code, const std::string &Text) {
  return wantsColour() ? std::string("\033[") + Code + "m" + Text + "\033[0m"
                       : Text;
}

std::string green(const std::string &Text) { return paint("32", Text); }
std::string red(const std::string &Text) { return paint("1;31", Text); }

} // namespace heddle
