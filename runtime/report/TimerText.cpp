// The reports of timers that nobody has stopped.
#include "detect/Options.h"
#include "report/Sink.h"
#include "report/Symbolizer.h"
#include "report/TsanText.h"
#include "sched/Sched.h"

#include <vector>

namespace heddle {
namespace {

// All that were made at one place.
struct TimerLeak {
  sched::ArmedTimer First;
  size_t Count;
};

bool sameMaking(const sched::ArmedTimer &A, const sched::ArmedTimer &B) {
  return A.MadeAt.File == B.MadeAt.File && A.MadeAt.Line == B.MadeAt.Line &&
         A.MadeAt.Column == B.MadeAt.Column;
}

void gather(const sched::ArmedTimer &Left, void *Arg) {
  auto *Leaks = static_cast<std::vector<TimerLeak> *>(Arg);
  for (TimerLeak &Known : *Leaks)
    if (sameMaking(Known.First, Left)) {
      ++Known.Count;
      return;
    }
  Leaks->push_back({Left, 1});
}

FindingSide timerSide(const sched::ArmedTimer &Timer) {
  FindingSide Side;
  Side.What = Timer.What;
  Frame Made;
  Made.File = Timer.MadeAt.File ? Timer.MadeAt.File : "";
  Made.Function = Timer.MadeAt.Function ? Timer.MadeAt.Function : "";
  Made.Line = Timer.MadeAt.Line;
  Made.Column = Timer.MadeAt.Column;
  Made.IsUser = true;
  Side.Stack = {Made};
  if (Timer.Period)
    Side.Detail = format("every %g ms", double(Timer.Period) / 1e6);
  return Side;
}

void reportTimerLeak(const TimerLeak &Leak) {
  Finding F;
  F.Kind = "leak";
  F.Sides = {timerSide(Leak.First)};
  const FindingSide &Side = F.Sides[0];
  F.Id = findingId(F, "leak of timer");
  if (!isWanted(F))
    return;
  F.Title = format("LEAK  %zu timer%s still armed at exit (", Leak.Count,
                   Leak.Count == 1 ? "" : "s") +
            Side.What + ", " + sidePlace(Side) + ")";
  if (compatTsan())
    F.Text = tsanText("timer leak", F);
  addFinding(std::move(F), table({{Side.What, "made at", sidePlace(Side),
                                   sideSource(Side), Side.Detail}}) +
                               "  explain: heddle explain leak\n");
}

} // namespace

void reportLeftTimers() {
  std::vector<TimerLeak> Leaks;
  sched::forEachLeftTimer(gather, &Leaks);
  for (const TimerLeak &Leak : Leaks)
    reportTimerLeak(Leak);
}

} // namespace heddle
