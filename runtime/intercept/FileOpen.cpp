// Functions that make a descriptor: it begins.
#include "intercept/Files.h"
#include "intercept/Interceptor.h"

#include <cstdarg>
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

using namespace heddle;

namespace {

constinit Real<int(const char *, int, mode_t)> RealOpen("open");
constinit Real<int(int, const char *, int, mode_t)> RealOpenat("openat");
constinit Real<int(const char *, mode_t)> RealCreat("creat");
constinit Real<decltype(epoll_create)> RealEpollCreate("epoll_create");
constinit Real<decltype(epoll_create1)> RealEpollCreate1("epoll_create1");
constinit Real<decltype(inotify_init)> RealInotifyInit("inotify_init");
constinit Real<decltype(inotify_init1)> RealInotifyInit1("inotify_init1");
constinit Real<decltype(signalfd)> RealSignalfd("signalfd");
constinit Real<decltype(timerfd_create)> RealTimerfdCreate("timerfd_create");
constinit Real<decltype(memfd_create)> RealMemfdCreate("memfd_create");
constinit Real<int(int, int, void *)> RealFcntl("fcntl64");

// The mode is there only if the flags ask for it; reading one that was not
// passed yields an unused value.
mode_t modeOf(va_list List) { return va_arg(List, mode_t); }

int control(int Fd, int Command, void *Argument, uintptr_t Pc) {
  fileUsed(Fd, Pc);
  int Result = RealFcntl(Fd, Command, Argument);
  if (Command == F_DUPFD || Command == F_DUPFD_CLOEXEC)
    return fileDuplicated(Fd, Result, Pc);
  return Result;
}

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
HEDDLE_EXPORT int openat64(int Folder, const char *Path, int Flags, ...) {
  HEDDLE_MODE(Flags);
  return fileOpened(RealOpenat(Folder, Path, Flags | O_LARGEFILE, Mode),
                    HEDDLE_CALLER);
}
HEDDLE_EXPORT int creat(const char *Path, mode_t Mode) {
  return fileOpened(RealCreat(Path, Mode), HEDDLE_CALLER);
}
HEDDLE_EXPORT int creat64(const char *Path, mode_t Mode) {
  return fileOpened(RealCreat(Path, Mode), HEDDLE_CALLER);
}
HEDDLE_EXPORT int epoll_create(int Size) noexcept {
  return fileOpened(RealEpollCreate(Size), HEDDLE_CALLER);
}
HEDDLE_EXPORT int epoll_create1(int Flags) noexcept {
  return fileOpened(RealEpollCreate1(Flags), HEDDLE_CALLER);
}
HEDDLE_EXPORT int inotify_init() noexcept {
  return fileOpened(RealInotifyInit(), HEDDLE_CALLER);
}
HEDDLE_EXPORT int inotify_init1(int Flags) noexcept {
  return fileOpened(RealInotifyInit1(Flags), HEDDLE_CALLER);
}
// Also changes the set of one that exists.
HEDDLE_EXPORT int signalfd(int Fd, const sigset_t *Set, int Flags) noexcept {
  int Result = RealSignalfd(Fd, Set, Flags);
  if (Fd == -1)
    return fileOpened(Result, HEDDLE_CALLER);
  fileUsed(Fd, HEDDLE_CALLER);
  return Result;
}
HEDDLE_EXPORT int timerfd_create(int Clock, int Flags) noexcept {
  return fileOpened(RealTimerfdCreate(Clock, Flags), HEDDLE_CALLER);
}
HEDDLE_EXPORT int memfd_create(const char *Name, unsigned Flags) noexcept {
  return fileOpened(RealMemfdCreate(Name, Flags), HEDDLE_CALLER);
}

#define HEDDLE_FCNTL_ARGUMENT                                                  \
  va_list List;                                                                \
  va_start(List, Command);                                                     \
  void *Argument = va_arg(List, void *);                                       \
  va_end(List)

HEDDLE_EXPORT int fcntl(int Fd, int Command, ...) {
  HEDDLE_FCNTL_ARGUMENT;
  return control(Fd, Command, Argument, HEDDLE_CALLER);
}
HEDDLE_EXPORT int fcntl64(int Fd, int Command, ...) {
  HEDDLE_FCNTL_ARGUMENT;
  return control(Fd, Command, Argument, HEDDLE_CALLER);
}
