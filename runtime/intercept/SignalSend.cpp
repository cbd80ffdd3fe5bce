// Sending signals, waiting for them, and the mask: what was put off arrives
// before any of these, as it would have without a detector.
//
// The sender's past happens before the handler, and before the return of the
// function that waits for the signal.
#include "intercept/Interceptor.h"
#include "intercept/Signals.h"

#include <cerrno>
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

using namespace heddle;

namespace {

constinit Real<decltype(raise)> RealRaise("raise");
constinit Real<decltype(kill)> RealKill("kill");
constinit Real<decltype(pthread_kill)> RealPthreadKill("pthread_kill");
constinit Real<decltype(pthread_sigqueue)>
    RealPthreadSigqueue("pthread_sigqueue");
constinit Real<decltype(sigqueue)> RealSigqueue("sigqueue");
constinit Real<decltype(sigprocmask)> RealSigprocmask("sigprocmask");
constinit Real<decltype(pthread_sigmask)> RealPthreadSigmask("pthread_sigmask");
constinit Real<decltype(sigsuspend)> RealSigsuspend("sigsuspend");
constinit Real<decltype(pause)> RealPause("pause");
constinit Real<decltype(sigwait)> RealSigwait("sigwait");
constinit Real<decltype(sigwaitinfo)> RealSigwaitinfo("sigwaitinfo");
constinit Real<decltype(sigtimedwait)> RealSigtimedwait("sigtimedwait");

void sending(int Signal) {
  if (!watching())
    return;
  deliverDeferred();
  if (Signal > 0 && Signal < kSignals)
    syncRelease(currentStrand(), signalClock(Signal));
}

void received(int Signal) {
  if (Signal > 0 && Signal < kSignals && watching())
    syncAcquire(currentStrand(), signalClock(Signal));
}

void changingMask(const sigset_t *New, uintptr_t Pc) {
  if (!watching())
    return;
  deliverDeferred();
  if (New)
    access(currentStrand(), New, sizeof(*New), false, Pc);
}

int changedMask(int Result, sigset_t *Old, uintptr_t Pc) {
  if (Result == 0 && Old && watching())
    access(currentStrand(), Old, sizeof(*Old), true, Pc);
  return Result;
}

// What a wait for Set has returned.
int waited(int Signal, siginfo_t *Info, uintptr_t Pc) {
  received(Signal);
  if (Signal > 0 && Info && watching())
    access(currentStrand(), Info, sizeof(*Info), true, Pc);
  return Signal;
}

} // namespace

HEDDLE_EXPORT int raise(int Signal) noexcept {
  sending(Signal);
  int Outer = setRaising(Signal);
  int Result = RealRaise(Signal);
  setRaising(Outer);
  return Result;
}

HEDDLE_EXPORT int kill(pid_t Process, int Signal) noexcept {
  sending(Signal);
  return RealKill(Process, Signal);
}

HEDDLE_EXPORT int pthread_kill(pthread_t Thread, int Signal) noexcept {
  sending(Signal);
  int Outer = setRaising(pthread_equal(Thread, pthread_self()) ? Signal : 0);
  int Result = RealPthreadKill(Thread, Signal);
  setRaising(Outer);
  return Result;
}

HEDDLE_EXPORT int sigqueue(pid_t Process, int Signal,
                           const sigval Value) noexcept {
  sending(Signal);
  return RealSigqueue(Process, Signal, Value);
}
HEDDLE_EXPORT int pthread_sigqueue(pthread_t Thread, int Signal,
                                   const sigval Value) noexcept {
  sending(Signal);
  return RealPthreadSigqueue(Thread, Signal, Value);
}

HEDDLE_EXPORT int sigprocmask(int How, const sigset_t *New,
                              sigset_t *Old) noexcept {
  changingMask(New, HEDDLE_CALLER);
  return changedMask(RealSigprocmask(How, New, Old), Old, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pthread_sigmask(int How, const sigset_t *New,
                                  sigset_t *Old) noexcept {
  changingMask(New, HEDDLE_CALLER);
  return changedMask(RealPthreadSigmask(How, New, Old), Old, HEDDLE_CALLER);
}

HEDDLE_EXPORT int sigsuspend(const sigset_t *Mask) {
  changingMask(Mask, HEDDLE_CALLER);
  return RealSigsuspend(Mask);
}

HEDDLE_EXPORT int pause() {
  if (watching())
    deliverDeferred();
  return RealPause();
}

HEDDLE_EXPORT int sigwait(const sigset_t *Set, int *Signal) {
  changingMask(Set, HEDDLE_CALLER);
  int Result = RealSigwait(Set, Signal);
  if (Result == 0)
    received(*Signal);
  if (Result == 0 && watching())
    access(currentStrand(), Signal, sizeof(*Signal), true, HEDDLE_CALLER);
  return Result;
}

HEDDLE_EXPORT int sigwaitinfo(const sigset_t *Set, siginfo_t *Info) {
  changingMask(Set, HEDDLE_CALLER);
  return waited(RealSigwaitinfo(Set, Info), Info, HEDDLE_CALLER);
}

HEDDLE_EXPORT int sigtimedwait(const sigset_t *Set, siginfo_t *Info,
                               const timespec *Limit) {
  changingMask(Set, HEDDLE_CALLER);
  return waited(RealSigtimedwait(Set, Info, Limit), Info, HEDDLE_CALLER);
}
