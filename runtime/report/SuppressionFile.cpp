// Where the suppressions of a run come from.
#include "base/Arena.h"
#include "detect/Options.h"
#include "intercept/IgnoredCallers.h"
#include "platform/Process.h"
#include "report/OptionParser.h"
#include "report/Output.h"
#include "report/Suppressions.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

// Null unless the program defines it.
extern "C" [[gnu::weak]] __attribute__((visibility("default"))) const char *
__tsan_default_suppressions();

namespace heddle {
namespace {

constexpr const char *kDefaultName = "heddle.supp";
constexpr size_t kLargest = 16 << 20;

// Returns what went wrong, or null.
const char *readAll(const std::string &Path, std::string &Text) {
  int Fd = open(Path.c_str(), O_RDONLY | O_CLOEXEC);
  if (Fd < 0)
    return strerror(errno);
  char Buffer[4096];
  long N;
  while ((N = read(Fd, Buffer, sizeof(Buffer))) > 0 && Text.size() < kLargest)
    Text.append(Buffer, size_t(N));
  const char *Wrong = N < 0   ? strerror(errno)
                      : N > 0 ? "it is larger than 16 MiB"
                              : nullptr;
  closeFd(Fd);
  return Wrong;
}

// As ThreadSanitizer: what is not found where the program was started may lie
// beside the program.
std::string besideProgram(const std::string &Path) {
  char Program[4096];
  std::string Folder(Program, programPath(Program, sizeof(Program)));
  return Folder.substr(0, Folder.rfind('/') + 1) + Path;
}

std::string findNamed(const std::string &Path) {
  bool Here = Path[0] == '/' || access(Path.c_str(), F_OK) == 0;
  std::string Other = Here ? "" : besideProgram(Path);
  return !Here && access(Other.c_str(), F_OK) == 0 ? Other : Path;
}

// The project's own, or an empty string.
std::string findDefault() {
  char Cwd[4096];
  if (!getcwd(Cwd, sizeof(Cwd)))
    return "";
  for (std::string Folder = Cwd; !Folder.empty();
       Folder.resize(Folder.rfind('/'))) {
    std::string Path = Folder + "/" + kDefaultName;
    if (Folder != "/" && access(Path.c_str(), R_OK) == 0)
      return Path;
  }
  return "";
}

void ignoreLibraries() {
  for (const Suppression &S : suppressions().all())
    if (S.Kind == "called_from_lib")
      ignoreCallersFrom(keepText(S.Pattern));
}

// As ThreadSanitizer: a program may bring its own.
void addBuiltIn() {
  if (compatTsan() && __tsan_default_suppressions)
    if (const char *Text = __tsan_default_suppressions())
      suppressions().add(Text, "");
}

} // namespace

Suppressions &suppressions() {
  static auto *All = new Suppressions;
  return *All;
}

static std::string readFile() {
  std::string Named = gOptions.Suppressions, Text;
  if (Named == "none" || (Named.empty() && isPrivileged()))
    return "";
  std::string Path = Named.empty() ? findDefault() : findNamed(Named);
  if (Path.empty())
    return "";
  if (const char *Wrong = readAll(Path, Text))
    return "cannot read the suppressions '" + Path + "': " + Wrong +
           "; name another file, or suppressions=none";
  for (const std::string &Mistake : suppressions().add(Text, Path))
    print("heddle: warning: " + Mistake + "; the line is ignored\n");
  return "";
}

std::string readSuppressions() {
  std::string Error = readFile();
  addBuiltIn();
  ignoreLibraries();
  return Error;
}

} // namespace heddle
