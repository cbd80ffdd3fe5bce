// Output of reports, and the colour of their titles.
#include "report/Output.h"

#include "detect/Options.h"
#include "platform/Process.h"

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace heddle {
namespace {

int gFd = 2;
std::string &logName() {
  static auto *Path = new std::string;
  return *Path;
}
bool gColor = false;

bool isSet(const char *Name) {
  const char *Value = environmentVariable(Name);
  return Value && *Value && strcmp(Value, "0") != 0;
}

// NO_COLOR and CLICOLOR_FORCE as their conventions say; the option wins.
bool wantsColor() {
  if (!strcmp(gOptions.Color, "always"))
    return true;
  if (!strcmp(gOptions.Color, "never") || isSet("NO_COLOR"))
    return false;
  return isSet("CLICOLOR_FORCE") || (isatty(gFd) && !isSet("CI"));
}

// End of 'heddle: SOME TITLE': the first letter that is not upper case.
size_t titleEnd(const std::string &Text) {
  size_t At = strlen("heddle: ");
  while (At < Text.size() && (isupper(Text[At]) || Text[At] == ' '))
    ++At;
  while (At > 0 && Text[At - 1] == ' ')
    --At;
  return At;
}

} // namespace

void startOutput() {
  if (*gOptions.Log)
    setLog(gOptions.Log);
  gColor = wantsColor();
}

void setLogFd(int Fd) {
  gFd = Fd;
  logName().clear();
}

void setLog(const std::string &Path) {
  int Fd = 2;
  if (!Path.empty())
    Fd = open(Path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (Fd < 0)
    return print("heddle: cannot open the log " + Path +
                 "; reports go to standard error\n");
  setLogFd(Fd);
  logName() = Path;
}

const char *logPath() { return logName().c_str(); }

void printPlainly(const char *Text, size_t Size) { writeAll(gFd, Text, Size); }
void print(const std::string &Text) { printPlainly(Text.data(), Text.size()); }

void printReport(const std::string &Text) {
  if (!gColor)
    return print(Text);
  size_t End = titleEnd(Text);
  print("\033[1;31m" + Text.substr(0, End) + "\033[0m" + Text.substr(End));
}

} // namespace heddle
