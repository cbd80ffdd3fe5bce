// The closing line of a run.
#include "base/Check.h"
#include "detect/LockOrder.h"
#include "detect/Options.h"
#include "event/LockSets.h"
#include "report/Output.h"
#include "report/Sink.h"
#include "report/Suppressions.h"
#include "sched/Sched.h"

#include <cstdio>
#include <cstring>

namespace heddle {
namespace {

struct Word {
  const char *Kind, *One, *Many;
};
constexpr Word kWords[] = {
    {"data-race", "data race", "data races"},
    {"vptr-race", "data race on a vtable pointer",
     "data races on vtable pointers"},
    {"use-after-free", "use after free", "uses after free"},
    {"deadlock", "deadlock", "deadlocks"},
    {"lock-order", "lock order", "lock orders"},
    {"leak", "leak", "leaks"},
    {"misuse", "misuse", "misuses"}};

std::string countsText() {
  std::string Text;
  for (const Word &W : kWords) {
    size_t Count = 0;
    for (const Finding &F : findings())
      Count += F.Kind == W.Kind;
    if (Count)
      Text += format("%s%zu %s", Text.empty() ? "" : ", ", Count,
                     Count == 1 ? W.One : W.Many);
  }
  return Text;
}

// Which reports stand for more than one event.
std::string repeatsText() {
  std::string Text;
  for (const Finding &F : findings())
    if (F.Seen > 1)
      Text += format("%s%s seen %llux", Text.empty() ? "" : ", ", F.Id.c_str(),
                     (unsigned long long)F.Seen);
  return Text.empty() ? "" : " (" + Text + ")";
}

std::string silencedText() {
  size_t Count = silencedFindings();
  return Count ? format(" (%zu suppressed)", Count) : "";
}

// How many lines of the file had nothing to do; which, if verbose is set: other
// processes of the same test may need them.
std::string unusedText() {
  size_t Count = suppressions().unused().size();
  if (!Count)
    return "";
  return format(" \xc2\xb7 %zu suppression%s unused", Count,
                Count == 1 ? "" : "s");
}

// What the run has not kept, because an option bounds it, or a table is full.
std::string limitsText() {
  std::string Text;
  if (unsigned Count = checksFailed())
    Text = format(" \xc2\xb7 %u internal failure%s, findings may be missing",
                  Count, Count == 1 ? "" : "s");
  if (size_t Count = lockOrdersGivenUp())
    Text += format(" \xc2\xb7 %zu search%s for lock orders given up", Count,
                   Count == 1 ? "" : "es");
  if (!lockSetsLeftOut())
    return Text;
  return Text + format(" \xc2\xb7 the locks of some accesses were not kept, "
                       "lock-sets=%u",
                       lockSetLimit());
}

} // namespace

std::string unusedSuppressions() {
  std::string Text;
  if (gOptions.Verbose)
    for (const Suppression *S : suppressions().unused())
      Text += format("heddle: unused suppression %s:%d: ", S->File.c_str(),
                     S->Line) +
              S->Kind + ":" + S->Pattern + "\n";
  return Text;
}

// How to repeat a run whose goroutines a policy has scheduled.
static std::string againText() {
  const char *Policy = sched::controllingPolicy();
  if (*Policy && *gOptions.Record)
    return format("heddle: the same again: heddle replay %s\n",
                  gOptions.Record);
  return *Policy ? format("heddle: the same again: HEDDLE=sched=%s\n", Policy)
                 : "";
}

static std::string closingLine(const std::string &End, double Seconds) {
  size_t Count = findings().size();
  if (Count == 0)
    return !gOptions.Verbose && !checksFailed()
               ? ""
               : format("heddle: ok - %.2f s", Seconds) + End + silencedText() +
                     unusedText() + limitsText() + "\n";
  std::string Line =
      format("heddle: %zu problem%s: ", Count, Count == 1 ? "" : "s") +
      countsText() + silencedText() + repeatsText();
  size_t Limit = size_t(gOptions.MaxReports);
  if (Limit && Count > Limit)
    Line += format(" \xc2\xb7 %zu not printed, max-reports=%zu", Count - Limit,
                   Limit);
  return againText() + Line + unusedText() + limitsText() +
         format(" \xc2\xb7 %.2f s", Seconds) + End + "\n";
}

std::string summaryLine(int Code, double Seconds) {
  bool Clean = findings().empty();
  return closingLine(Clean ? "" : format(" \xc2\xb7 exit %d", Code), Seconds);
}

std::string killedLine(int Signal, double Seconds) {
  return closingLine(format(" \xc2\xb7 killed by SIG%s", sigabbrev_np(Signal)),
                     Seconds);
}

std::string replacedLine(double Seconds) {
  return closingLine(" \xc2\xb7 goes on as another program", Seconds);
}

void printKilledPlainly(int Signal) {
  size_t Count = findings().size();
  char Line[128];
  int Size = snprintf(Line, sizeof(Line),
                      "heddle: %zu problem%s \xc2\xb7 killed by SIG%s\n", Count,
                      Count == 1 ? "" : "s", sigabbrev_np(Signal));
  if (Count || gOptions.Verbose)
    printPlainly(Line, size_t(Size));
}

} // namespace heddle
