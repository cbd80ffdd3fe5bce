// poll and select: what made a descriptor ready happens before they return.
#include "intercept/Files.h"
#include "intercept/Interceptor.h"
#include "intercept/Signals.h"

#include <poll.h>
#include <sys/select.h>

using namespace heddle;

namespace {

constinit Real<int(pollfd *, nfds_t, int)> RealPoll("poll");
constinit Real<int(pollfd *, nfds_t, const timespec *, const sigset_t *)>
    RealPpoll("ppoll");
constinit Real<decltype(select)> RealSelect("select");
constinit Real<decltype(pselect)> RealPselect("pselect");

void starting(const pollfd *Fds, nfds_t Count, uintptr_t Pc) {
  if (!watching())
    return;
  deliverDeferred();
  access(currentStrand(), Fds, Count * sizeof(*Fds), false, Pc);
}

int polled(const pollfd *Fds, nfds_t Count, int Result, uintptr_t Pc) {
  for (nfds_t I = 0; Result > 0 && I < Count && watching(); ++I) {
    access(currentStrand(), &Fds[I].revents, sizeof(short), true, Pc);
    if (Fds[I].revents && Fds[I].fd >= 0)
      fileReady(Fds[I].fd, Pc);
  }
  return Result;
}

void readySet(int Count, const fd_set *Set, uintptr_t Pc) {
  for (int Fd = 0; Set && Fd < Count; ++Fd)
    if (FD_ISSET(Fd, Set))
      fileReady(Fd, Pc);
}

int selected(int Count, int Result, const fd_set *Read, const fd_set *Write,
             const fd_set *Other, uintptr_t Pc) {
  if (Result <= 0)
    return Result;
  readySet(Count, Read, Pc);
  readySet(Count, Write, Pc);
  readySet(Count, Other, Pc);
  return Result;
}

} // namespace

HEDDLE_EXPORT int poll(pollfd *Fds, nfds_t Count, int Timeout) {
  starting(Fds, Count, HEDDLE_CALLER);
  return polled(Fds, Count, RealPoll(Fds, Count, Timeout), HEDDLE_CALLER);
}
HEDDLE_EXPORT int ppoll(pollfd *Fds, nfds_t Count, const timespec *Limit,
                        const sigset_t *Mask) {
  starting(Fds, Count, HEDDLE_CALLER);
  return polled(Fds, Count, RealPpoll(Fds, Count, Limit, Mask), HEDDLE_CALLER);
}
HEDDLE_EXPORT int select(int Count, fd_set *Read, fd_set *Write, fd_set *Other,
                         timeval *Limit) {
  if (watching())
    deliverDeferred();
  int Result = RealSelect(Count, Read, Write, Other, Limit);
  return selected(Count, Result, Read, Write, Other, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pselect(int Count, fd_set *Read, fd_set *Write, fd_set *Other,
                          const timespec *Limit, const sigset_t *Mask) {
  if (watching())
    deliverDeferred();
  int Result = RealPselect(Count, Read, Write, Other, Limit, Mask);
  return selected(Count, Result, Read, Write, Other, HEDDLE_CALLER);
}
