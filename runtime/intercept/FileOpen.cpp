// Functions that open a file: its descriptor begins.
#include "intercept/Files.h"
#include "intercept/Interceptor.h"

#include <cstdarg>
#include <fcntl.h>
#include <sys/epoll.h>

using namespace heddle;

namespace {

constinit Real<int(const char *, int, mode_t)> RealOpen("open");
constinit Real<int(int, const char *, int, mode_t)> RealOpenat("openat");
constinit Real<int(const char *, mode_t)> RealCreat("creat");
constinit Real<int(int)> RealEpollCreate1("epoll_create1");

// The mode is there only if the flags ask for it; reading one that was not
// passed yields an unused value.
mode_t modeOf(va_list List) { return va_arg(List, mode_t); }

} // namespace

#define HEDDLE_MODE(Last)                                                      \
  va_list List;                                                                \
  va_start(List, Last);                                                        \
  mode_t Mode = modeOf(List);                                                  \
  va_end(List)

HEDDLE_EXPORT int open(const char *Path, int Flags, ...) {
  HEDDLE_MODE(Flags);
  return fileOpened(RealOpen(Path, Flags, Mode), HEDDLE_CALLER);
}
HEDDLE_EXPORT int open64(const char *Path, int Flags, ...) {
  HEDDLE_MODE(Flags);
  return fileOpened(RealOpen(Path, Flags | O_LARGEFILE, Mode), HEDDLE_CALLER);
}
HEDDLE_EXPORT int openat(int Folder, const char *Path, int Flags, ...) {
  HEDDLE_MODE(Flags);
  return fileOpened(RealOpenat(Folder, Path, Flags, Mode), HEDDLE_CALLER);
}
HEDDLE_EXPORT int creat(const char *Path, mode_t Mode) {
  return fileOpened(RealCreat(Path, Mode), HEDDLE_CALLER);
}
HEDDLE_EXPORT int epoll_create1(int Flags) noexcept {
  return fileOpened(RealEpollCreate1(Flags), HEDDLE_CALLER);
}
