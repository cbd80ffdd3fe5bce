// Timers: those that send on a channel and those that run a function.
//
// A timer channel holds one value; the timer sends without waiting and drops
// what finds it full. It fires on whatever thread sees that it is due, for the
// detector as a strand of its own, which has learnt from the start or reset of
// the timer and from nothing else: so timers order nothing among themselves.
#include "go/Time.h"

#include "go/ChanCore.h"
#include "go/FiringStrand.h"
#include "go/Panic.h"
#include "go/Spawn.h"

namespace sched = heddle::sched;

namespace go {
namespace detail {

namespace {

void sendTime(sched::Timer *T, int64_t Now);

} // namespace

struct ChanTimer : sched::Timer {
  ChanCore *Chan = nullptr; // not counted: the channel owns the timer
  // Armed for a time beyond the clock's range: it counts as armed, and no more.
  std::atomic<bool> Never{false};
  Site MadeAt;
  StartClock Starts;
};

namespace {

void sendTime(sched::Timer *Base, int64_t Now) {
  auto *T = static_cast<ChanTimer *>(Base);
  FiringStrand As(T->Starts, T->MadeAt);
  Time Value{Duration(Now)};
  Waiter *Wake = nullptr;
  sched::lockWord(T->Chan->Lock);
  sendNow(*T->Chan, &Value, Wake);
  sched::unlockWord(T->Chan->Lock);
  if (Wake)
    sched::ready(Wake->Who);
}

void describeChanTimer(const sched::Timer *Base, sched::ArmedTimer &Out) {
  auto *T = static_cast<const ChanTimer *>(Base);
  Out.What = T->Period ? "ticker" : "timer";
  Out.MadeAt = toSite(T->MadeAt);
  Out.Owner = T->Chan;
}
constexpr sched::TimerKind kChanTimer{&sendTime, false, &describeChanTimer};

bool drain(ChanCore &C) {
  Waiter *Wake = nullptr;
  sched::LockWordHolder Hold(C.Lock);
  return recvNow(C, nullptr, Wake) == RecvResult::Value;
}

// Says whether T was armed, or has fired unheard.
bool disarm(ChanTimer &T) {
  bool WasArmed = sched::disarmTimer(T);
  WasArmed |= drain(*T.Chan);
  return T.Never.exchange(false) || WasArmed;
}

void start(ChanTimer &T, int64_t Nanos, int64_t Period) {
  T.Starts.release();
  int64_t When = sched::deadlineAfter(Nanos);
  T.Never = When == sched::kNever;
  sched::armTimer(T, When, Period);
}

} // namespace

void sleepFor(int64_t Nanos, Site At) {
  sched::schedulePoint();
  sched::sleepFor(Nanos, toSite(At));
}

ChanCore *timerChan(int64_t Nanos, int64_t Period, Site At) {
  ChanCore *C = chanMake(kOps<Time>, 1, At);
  auto *T = makeUnseen<ChanTimer>();
  T->Kind = &kChanTimer;
  T->Chan = C;
  T->MadeAt = At;
  C->Timer = T;
  start(*T, Nanos, Period);
  return C;
}

void dropChanTimer(ChanTimer *T) {
  sched::disarmTimer(*T);
  deleteUnseen(T);
}

static ChanTimer &timerOf(ChanCore *C, const char *Misuse, Site At) {
  if (!C || !C->Timer)
    throw Panic(Misuse, At);
  return *C->Timer;
}

bool timerStop(ChanCore *C, Site At) {
  ChanTimer &T = timerOf(C, "time: Stop called on uninitialized Timer", At);
  return disarm(T);
}

bool timerReset(ChanCore *C, int64_t Nanos, int64_t Period, Site At) {
  ChanTimer &T = timerOf(C, "time: Reset called on uninitialized Timer", At);
  bool WasArmed = disarm(T);
  start(T, Nanos, Period);
  return WasArmed;
}

void tickerReset(ChanCore *C, int64_t Period, Site At) {
  if (Period <= 0)
    throw Panic("non-positive interval for Ticker.Reset", At);
  timerReset(C, Period, Period, At);
}

// -- functions
// ---------------------------------------------------------------------

// Counted: by its FuncTimer, while it is armed, and by each run.
struct TimerCore : sched::Timer {
  alignas(8) std::atomic<int> Count{1}; // its address is a clock
  std::atomic<bool> Never{false};       // as in ChanTimer
  void (*Run)(void *) = nullptr;
  void (*Destroy)(void *) = nullptr;
  void *Arg = nullptr;
  Site MadeAt;
  StartClock Starts;
};

static void releaseTimer(TimerCore *T) {
  if (!T)
    return;
  // The one that destroys the function is ordered after all that have run it.
  edgeRelease(&T->Count);
  // Ordering: acq_rel; the last one sees all that the others did.
  if (T->Count.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  edgeAcquire(&T->Count);
  T->Destroy(T->Arg);
  deleteUnseen(T);
}

namespace {

void runFunction(void *Storage) {
  TimerCore *T = *static_cast<TimerCore **>(Storage);
  struct Release {
    TimerCore *T;
    ~Release() { releaseTimer(T); }
  } Last{T};
  T->Run(T->Arg);
}

void spawnFunction(sched::Timer *Base, int64_t) {
  auto *T = static_cast<TimerCore *>(Base);
  FiringStrand As(T->Starts, T->MadeAt);
  NewGoroutine G = spawnBegin(sizeof(T));
  *static_cast<TimerCore **>(G.Storage) = T; // takes over the armed count
  spawnCommit(G, &runFunction, nullptr, T->MadeAt);
}

void startFunction(TimerCore *T, int64_t Nanos) {
  T->Starts.release();
  int64_t When = sched::deadlineAfter(Nanos);
  T->Never = When == sched::kNever;
  if (T->Never)
    return;
  T->Count.fetch_add(1, std::memory_order_relaxed);
  if (sched::armTimer(*T, When)) // somebody else did so at the same time
    releaseTimer(T);
}

void describeFunction(const sched::Timer *Base, sched::ArmedTimer &Out) {
  Out.What = "afterFunc";
  Out.MadeAt = toSite(static_cast<const TimerCore *>(Base)->MadeAt);
  Out.Owner = Base;
}
// Transient: its last count may end while Fire runs.
constexpr sched::TimerKind kFunction{&spawnFunction, true, &describeFunction};

} // namespace

TimerCore *timerFunc(int64_t Nanos, void (*Run)(void *),
                     void (*Destroy)(void *), void *Arg, Site At) {
  auto *T = makeUnseen<TimerCore>();
  T->Kind = &kFunction;
  T->Run = Run;
  T->Destroy = Destroy;
  T->Arg = Arg;
  T->MadeAt = At;
  startFunction(T, Nanos);
  return T;
}

bool timerFuncStop(TimerCore *T) {
  if (T->Never.exchange(false))
    return true;
  if (!sched::disarmTimer(*T))
    return false;
  releaseTimer(T);
  return true;
}

bool timerFuncReset(TimerCore *T, int64_t Nanos) {
  bool WasArmed = timerFuncStop(T);
  startFunction(T, Nanos);
  return WasArmed;
}

void timerFuncRelease(TimerCore *T) { releaseTimer(T); }

} // namespace detail

Time now() { return Time(Duration(sched::clockNow())); }

detail::ChanCore *Ticker::make(int64_t Nanos, Site At) {
  if (Nanos <= 0)
    throw Panic("non-positive interval for NewTicker", At);
  return detail::timerChan(Nanos, Nanos, At);
}

} // namespace go
