// epoll: what happened to a watched descriptor happens before the wait returns.
#include "intercept/Files.h"
#include "intercept/Interceptor.h"

#include <sys/epoll.h>

using namespace heddle;

namespace {

constinit Real<decltype(epoll_ctl)> RealEpollCtl("epoll_ctl");
constinit Real<decltype(epoll_wait)> RealEpollWait("epoll_wait");
constinit Real<decltype(epoll_pwait)> RealEpollPwait("epoll_pwait");

} // namespace

HEDDLE_EXPORT int epoll_ctl(int Epoll, int Operation, int Fd,
                            epoll_event *Event) noexcept {
  if (watching()) {
    fileUsed(Fd, HEDDLE_CALLER);
    fileSending(Epoll, HEDDLE_CALLER);
    if (Operation != EPOLL_CTL_DEL)
      fileWatched(Epoll, Fd);
  }
  return RealEpollCtl(Epoll, Operation, Fd, Event);
}

namespace {

int polled(int Epoll, const epoll_event *Events, int Count, uintptr_t Pc) {
  if (Count <= 0 || !watching())
    return Count;
  filesPolled(Epoll, Pc);
  access(currentStrand(), Events, size_t(Count) * sizeof(*Events), true, Pc);
  return Count;
}

} // namespace

HEDDLE_EXPORT int epoll_wait(int Epoll, epoll_event *Events, int Max,
                             int Timeout) {
  return polled(Epoll, Events, RealEpollWait(Epoll, Events, Max, Timeout),
                HEDDLE_CALLER);
}
HEDDLE_EXPORT int epoll_pwait(int Epoll, epoll_event *Events, int Max,
                              int Timeout, const sigset_t *Mask) {
  return polled(Epoll, Events,
                RealEpollPwait(Epoll, Events, Max, Timeout, Mask),
                HEDDLE_CALLER);
}
