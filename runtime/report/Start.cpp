// Reads the options and installs report/ above the detector, before main; ends
// the run with the closing line, the findings file and the exit code.
//
// Invariants:
// - The lock is held while anything is symbolised or printed. It is taken by
//   spinning, as the holder may be a thread of any kind.
// - The holder records no accesses and never waits for the lock: what a signal
//   handler of the program finds on a thread that reports is dropped.
// - The end of the process waits for a report under way, but not for ever.
#include "intercept/Start.h"
#include "base/Check.h"
#include "base/SpinLock.h"
#include "detect/Leak.h"
#include "detect/LockOrder.h"
#include "detect/Options.h"
#include "detect/WaitTable.h"
#include "event/LockSets.h"
#include "event/Slots.h"
#include "platform/Process.h"
#include "report/CurrentReport.h"
#include "report/OptionParser.h"
#include "report/Output.h"
#include "report/ProgramCallbacks.h"
#include "report/Schedule.h"
#include "report/Sink.h"
#include "report/Suppressions.h"
#include "report/Symbolizer.h"
#include "report/TsanOptions.h"
#include "report/TsanText.h"

#include <cstdlib>

namespace heddle {
namespace {

SpinLock gLock;
uint64_t gStartNanos = 0;
bool gFinished = false;
thread_local bool tReports = false; // holds the lock, or is about to

constexpr uint64_t kForEver = ~0ULL;
// Longer than a symboliser may take over one answer: the holder is stopped.
constexpr uint64_t kExitPatience = 90'000'000'000;
constexpr uint64_t kKilledPatience = 10'000'000'000;

// The lock, for at most Patience nanoseconds of waiting.
class Turn {
public:
  explicit Turn(uint64_t Patience) : Mine(!tReports && take(Patience)) {}
  ~Turn() HEDDLE_NO_THREAD_SAFETY {
    if (!Mine)
      return;
    gLock.unlock();
    tReports = false;
  }
  Turn(const Turn &) = delete;
  Turn &operator=(const Turn &) = delete;
  explicit operator bool() const { return Mine; }

private:
  static bool take(uint64_t Patience) HEDDLE_NO_THREAD_SAFETY {
    tReports = true;
    uint64_t Since = nowNanos();
    for (unsigned Round = 0; !gLock.tryLock(); ++Round) {
      if (nowNanos() - Since > Patience) {
        tReports = false;
        return false;
      }
      spinPause(Round);
    }
    return true;
  }

  Unrecorded Ignored;
  bool Mine;
};

double secondsSoFar() { return double(nowNanos() - gStartNanos) / 1e9; }

int close(int Code) {
  Turn Hold(kExitPatience);
  if (!Hold) // somebody is in the middle of a finding
    return int(gOptions.ExitCode);
  bool Failed = !findings().empty();
  if (gFinished)
    return Failed ? int(gOptions.ExitCode) : Code;
  gFinished = true;
  Failed = askFinalise(Failed);
  int Result = Failed ? int(gOptions.ExitCode) : Code;
  if (Failed)
    tellDeath();
  double Seconds = secondsSoFar();
  print(compatTsan() ? tsanClosing()
                     : unusedSuppressions() + summaryLine(Result, Seconds));
  writeFindingsFile(Result, Seconds);
  return Result;
}


void killed(int Signal, bool Inside) {
  InRuntime AtWork;
  if (Inside) {
    printKilledPlainly(Signal);
    return;
  }
  Turn Hold(kKilledPatience);
  if (!Hold || gFinished)
    return;
  gFinished = true;
  double Seconds = secondsSoFar();
  print(compatTsan() ? tsanClosing() : killedLine(Signal, Seconds));
  writeFindingsFile(128 + Signal, Seconds);
}

void replaced() {
  InRuntime AtWork;
  Turn Hold(kExitPatience);
  if (!Hold || gFinished)
    return;
  double Seconds = secondsSoFar();
  print(replacedLine(Seconds));
  writeFindingsFile(int(gOptions.ExitCode), Seconds);
}

// What was printed is on file, whoever ends the process and how.
void saveNew(size_t CountBefore) {
  if (findings().size() != CountBefore)
    writeFindingsFile(int(gOptions.ExitCode), secondsSoFar());
}

void haltIfAsked() {
  if (gOptions.Halt && !findings().empty())
    endProcess(close(0));
}

template <class... Args>
void add(const CurrentReport &Current, void (*Write)(Args...), Args... A) {
  Turn Hold(kForEver);
  if (!Hold || gFinished)
    return;
  size_t Count = findings().size();
  Write(A...);
  saveNew(Count);
  if (findings().size() != Count)
    showToProgram(Current);
}

template <class... Args>
void report(const CurrentReport &Current, void (*Write)(Args...), Args... A) {
  add<Args...>(Current, Write, A...);
  haltIfAsked();
}

void onRace(const RaceReport &R) {
  if (gOptions.Races)
    report<const RaceReport &>({.Race = &R}, reportRace, R);
}
void onBlocked(const BlockedReport &R) {
  report<const BlockedReport &>({}, reportBlockedStrands, R);
}
void onMisuse(const MisuseReport &R) {
  report<const MisuseReport &>({}, reportChannelMisuse, R);
}
void onDeadlock(const DeadlockReport &R) {
  report<const DeadlockReport &>({}, reportDeadlock, R);
}
void onLockMisuse(const LockMisuseReport &R) {
  report<const LockMisuseReport &>({.Misuse = &R}, reportLockMisuse, R);
}
void onLockOrder(const LockOrderReport &R) {
  report<const LockOrderReport &>({}, reportLockOrder, R);
}
// At the end, which need not be hastened.
void onThreadLeaks(const ThreadLeak *Leaks, size_t Count) {
  add<const ThreadLeak *, size_t>({.Leaks = Leaks, .LeakCount = Count},
                                  reportThreadLeaks, Leaks, Count);
}

int finish(int Code) {
  reportLeakedThreads();
  if (gOptions.Leaks)
    add<>({}, reportLeftTimers);
  return close(Code);
}

// What HEDDLE says counts more than what TSAN_OPTIONS says.
std::string readBoth(const char *Ours) {
  std::string Error = Ours ? parseOptions(Ours, gOptions) : "";
  if (!Error.empty() || !compatTsan())
    return Error;
  for (const std::string &Wrong : readTsanOptions(gOptions))
    print("heddle: warning: ThreadSanitizer's options: " + Wrong + "\n");
  return parseOptions(Ours, gOptions);
}

void refuse(const std::string &Error) {
  print("heddle: " + Error + " (in the environment variable HEDDLE)\n");
  endProcess(2);
}

void readOptions() {
  std::string Error = readBoth(environmentVariable("HEDDLE"));
  limitLockSets(uint32_t(gOptions.LockSets));
  presetCounters(gOptions.FirstSlot, gOptions.FirstClock);
  watchLockOrders(*gOptions.LockOrders == 'p'   ? LockOrders::Possible
                  : *gOptions.LockOrders == 'a' ? LockOrders::All
                                                : LockOrders::Off);
  if (Error.empty())
    Error = applySchedule(gOptions);
  if (Error.empty())
    startOutput();
  else
    refuse(Error);
}

void installSinks() {
  gReportSink = {onRace, onBlocked, onMisuse};
  gFindingSink = {onDeadlock, onLockMisuse, onLockOrder, onThreadLeaks,
                  finish,     killed,       replaced};
}

void beforeFork() HEDDLE_NO_THREAD_SAFETY { gLock.lock(); }

// The child tells of its own findings only.
void afterFork(bool IsChild) HEDDLE_NO_THREAD_SAFETY {
  if (IsChild) {
    symbolizerAfterFork();
    dropFindings();
    gStartNanos = nowNanos();
  }
  gLock.unlock();
}

// Before any constructor of the program.
__attribute__((constructor)) void start() {
  gStartNanos = nowNanos();
  InRuntime Inside;
  readOptions();
  installSinks();
  gReportForkHooks = {beforeFork, afterFork};
  startInterceptors();
  tellInitialised();
  Unrecorded Ignored; // the program may have suppressions of its own
  std::string Error = readSuppressions();
  if (!Error.empty())
    refuse(Error);
}

} // namespace

void withReportLock(void (*Do)(void *), void *Arg) {
  InRuntime Inside;
  if (Turn Hold(kForEver); Hold)
    Do(Arg);
}

} // namespace heddle
