// sleep, after, Timer and Ticker.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   int main() {
//     return go::main([] {
//       auto Results = go::makeChan<int>();
//       auto Late = go::afterFunc(2ms, [=] { Results.send(7); });
//       int R = 0;
//       go::Ticker Tick(1ms);          // stopped at the end of the scope
//       for (bool Waits = true; Waits;)
//         switch (go::select(go::recv(Results, R), go::recv(Tick.C),
//                            go::after(10s))) {
//         case 1: break;           // a tick
//         default: Waits = false;      // the result, or none came in time
//         }
//       std::printf("%d\n", R);        // prints 7
//     });
//   }
//
// Time is monotonic; under the policy random(seed) it is virtual and jumps to
// the next deadline when nothing can run. A deadline beyond the range of the
// clock is never reached.
//
// Happens-before: the start or reset of a timer -> the receive from its channel
// and the start of its function. sleep orders nothing.
#ifndef GO_TIME_H
#define GO_TIME_H

#include "go/Chan.h"
#include "go/detail/Base.h"

#include <chrono>
#include <functional>
#include <limits>

namespace go {

using Duration = std::chrono::nanoseconds;
using Time = std::chrono::time_point<std::chrono::steady_clock, Duration>;

namespace detail {
struct TimerCore;
GO_EXPORT void sleepFor(std::int64_t Nanos, Site At);
GO_EXPORT ChanCore *timerChan(std::int64_t Nanos, std::int64_t Period, Site At);
GO_EXPORT bool timerStop(ChanCore *C, Site At);
GO_EXPORT bool timerReset(ChanCore *C, std::int64_t Nanos, std::int64_t Period,
                          Site At);
GO_EXPORT void tickerReset(ChanCore *C, std::int64_t Period, Site At);
GO_EXPORT TimerCore *timerFunc(std::int64_t Nanos, void (*Run)(void *),
                               void (*Destroy)(void *), void *Arg, Site At);
GO_EXPORT bool timerFuncStop(TimerCore *T);
GO_EXPORT bool timerFuncReset(TimerCore *T, std::int64_t Nanos);
GO_EXPORT void timerFuncRelease(TimerCore *T);

template <class Rep, class Period>
std::int64_t toNanos(std::chrono::duration<Rep, Period> D) {
  constexpr auto Max = std::numeric_limits<std::int64_t>::max();
  auto Approx = std::chrono::duration<double, std::nano>(D).count();
  if (Approx >= 9.2e18)
    return Max;
  if (Approx <= 0)
    return 0;
  return std::chrono::ceil<Duration>(D).count();
}
} // namespace detail

// The time by which timers go.
GO_EXPORT Time now();

namespace detail {
// The time D from now, or the last one there is.
template <class Rep, class Period>
Time fromNow(std::chrono::duration<Rep, Period> D) {
  std::int64_t Nanos = toNanos(D), Now = now().time_since_epoch().count();
  constexpr auto Max = std::numeric_limits<std::int64_t>::max();
  return Time(Duration(Nanos > Max - Now ? Max : Now + Nanos));
}
} // namespace detail

// Blocks: for at least D; returns at once if D <= 0.
template <class Rep, class Period>
GO_ROLE("sleep")
void sleep(std::chrono::duration<Rep, Period> D, Site At = Site::here()) {
  detail::sleepFor(detail::toNanos(D), At);
}

// Returns a channel that gets the time once D has passed. Its timer is disarmed
// when the last handle of the channel dies, as in a select that chose
// otherwise.
template <class Rep, class Period>
GO_ROLE("timer_after")
RecvChan<Time> after(std::chrono::duration<Rep, Period> D,
                     Site At = Site::here()) {
  return RecvChan<Time>::adopt(detail::timerChan(detail::toNanos(D), 0, At));
}

// Returns a channel that gets the time every D; nil if D <= 0. Disarmed when
// the last handle dies.
template <class Rep, class Period>
GO_ROLE("ticker")
RecvChan<Time> tick(std::chrono::duration<Rep, Period> D,
                    Site At = Site::here()) {
  std::int64_t Nanos = detail::toNanos(D);
  if (Nanos <= 0)
    return {};
  return RecvChan<Time>::adopt(detail::timerChan(Nanos, Nanos, At));
}

// Sends the time on C once. After stop or reset has returned, no value of the
// time before is received; len(C) and cap(C) are 0, as of a channel without a
// buffer. Errors: stop and reset panic on one that was never started.
class Timer {
public:
  Timer() = default; // not a timer: stop and reset panic
  template <class Rep, class Period>
  GO_ROLE("timer")
  explicit Timer(std::chrono::duration<Rep, Period> D, Site At = Site::here())
      : C(RecvChan<Time>::adopt(detail::timerChan(detail::toNanos(D), 0, At))) {
  }
  Timer(Timer &&) = default;
  Timer &operator=(Timer &&O) noexcept {
    std::swap(C, O.C);
    return *this;
  }
  ~Timer() {
    if (C)
      detail::timerStop(C.core(), Site());
  }

  // Disarms it; true if it had not yet been received from. C stays open.
  GO_ROLE("timer_stop") bool stop(Site At = Site::here()) {
    return detail::timerStop(C.core(), At);
  }
  // Arms it anew; true if it was still armed.
  template <class Rep, class Period>
  GO_ROLE("timer_reset")
  bool reset(std::chrono::duration<Rep, Period> D, Site At = Site::here()) {
    return detail::timerReset(C.core(), detail::toNanos(D), 0, At);
  }

  RecvChan<Time> C;
};

// Sends the time on C every Period; a tick that nobody takes is dropped.
// Errors: panics with "non-positive interval for NewTicker", reset with
// "non-positive interval for Ticker.Reset".
class Ticker {
public:
  Ticker() = default; // not a ticker: stop and reset panic
  template <class Rep, class Period>
  GO_ROLE("ticker")
  explicit Ticker(std::chrono::duration<Rep, Period> D, Site At = Site::here())
      : C(RecvChan<Time>::adopt(make(detail::toNanos(D), At))) {}
  Ticker(Ticker &&) = default;
  Ticker &operator=(Ticker &&O) noexcept {
    std::swap(C, O.C);
    return *this;
  }
  ~Ticker() {
    if (C)
      stop(Site());
  }

  // Ends the ticks. C stays open.
  GO_ROLE("timer_stop") void stop(Site At = Site::here()) {
    detail::timerStop(C.core(), At);
  }
  template <class Rep, class Period>
  GO_ROLE("timer_reset")
  void reset(std::chrono::duration<Rep, Period> D, Site At = Site::here()) {
    detail::tickerReset(C.core(), detail::toNanos(D), At);
  }

  RecvChan<Time> C;

private:
  GO_EXPORT static detail::ChanCore *make(std::int64_t Nanos, Site At);
};

// Runs a function on a new goroutine once a time has passed.
class FuncTimer {
public:
  explicit FuncTimer(detail::TimerCore *Adopted) : Core(Adopted) {}
  FuncTimer(FuncTimer &&O) noexcept : Core(std::exchange(O.Core, nullptr)) {}
  FuncTimer &operator=(FuncTimer &&O) noexcept {
    std::swap(Core, O.Core);
    return *this;
  }
  // The timer stays armed.
  ~FuncTimer() { detail::timerFuncRelease(Core); }
  // Disarms it; true if that prevented the function from starting. Does not
  // wait for a function that runs.
  GO_ROLE("timer_stop") bool stop() { return detail::timerFuncStop(Core); }
  // Arms it anew; true if it was still armed.
  template <class Rep, class Period>
  GO_ROLE("timer_reset")
  bool reset(std::chrono::duration<Rep, Period> D) {
    return detail::timerFuncReset(Core, detail::toNanos(D));
  }

private:
  detail::TimerCore *Core;
};

// Runs Fn on a goroutine of its own after D.
template <class Rep, class Period, class F>
GO_ROLE("timer_after_func")
FuncTimer afterFunc(std::chrono::duration<Rep, Period> D, F Fn,
                    Site At = Site::here()) {
  return FuncTimer(detail::timerFunc(
      detail::toNanos(D),
      [](void *P) { static_cast<void>((*static_cast<F *>(P))()); },
      [](void *P) { delete static_cast<F *>(P); }, new F(std::move(Fn)), At));
}

} // namespace go
#endif
