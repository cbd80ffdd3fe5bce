// The report of threads that wait for each other.
#include "detect/Options.h"
#include "report/Output.h"
#include "report/Sink.h"
#include "report/Symbolizer.h"
#include "report/TsanText.h"

namespace heddle {
namespace {

constexpr size_t kRows = 10;

std::string waitsFor(const BlockedThread &T) {
  auto named = [&](const char *What) {
    const Frames At = symbolize(T.OwnerStack.Size ? T.OwnerStack : T.Stack);
    return What + lockName(T.Object, userFrame(At));
  };
  switch (T.Wait) {
  case WaitKind::Mutex:
    return named("lock ");
  case WaitKind::RWMutexRead:
    return named("read lock ");
  case WaitKind::RWMutexWrite:
    return named("write lock ");
  case WaitKind::Join:
    return format("join T%llu", (unsigned long long)T.JoinsId);
  case WaitKind::Cond:
    return named("condition ");
  case WaitKind::Semaphore:
    return named("semaphore ");
  case WaitKind::Barrier:
    return named("barrier ");
  case WaitKind::Once:
    return named("once ");
  default:
    return "wait";
  }
}

std::string ownerText(const BlockedThread &T) {
  if (!T.Owned)
    return "";
  std::string Text = "held by " + strandText(T.Owner);
  const Frames Taken = symbolize(T.OwnerStack);
  if (const Frame *F = userFrame(Taken))
    Text += " since " + placeText(*F);
  return Text;
}

// 'T2 -> a -> T3 -> b -> T2'.
std::string cycleText(const DeadlockReport &R) {
  std::string Text = "  Cycle: ";
  for (size_t I = 0; I < R.Count; ++I) {
    const BlockedThread &T = R.Threads[I];
    const Frames Taken = symbolize(T.OwnerStack);
    Text += strandText(T.Who) + " -> " +
            (T.Wait == WaitKind::Join ? std::string("join")
                                      : lockName(T.Object, userFrame(Taken))) +
            " -> ";
  }
  return Text + strandText(R.Threads[0].Who) + "\n";
}

std::string title(const DeadlockReport &R) {
  if (!R.IsCycle)
    return R.Count == 1
               ? "DEADLOCK  the only thread is blocked and nothing can wake it"
               : format("DEADLOCK  %zu of %zu threads are blocked, and nothing "
                        "can wake them",
                        R.Alive, R.Alive);
  if (R.Count == 1)
    return "DEADLOCK  a thread waits for a lock that it holds itself";
  return format("DEADLOCK  %zu of %zu threads wait for each other", R.Count,
                R.Alive);
}

FindingSide blockedSide(const BlockedThread &T) {
  FindingSide Side = makeSide(waitsFor(T), T.Who, T.Stack);
  if (T.WaitSite.File && Side.Stack.empty()) {
    Frame F;
    F.File = T.WaitSite.File;
    F.Line = T.WaitSite.Line;
    F.Column = T.WaitSite.Column;
    F.IsUser = true;
    Side.Stack.push_back(F);
  }
  Side.Detail = ownerText(T);
  return Side;
}

} // namespace

void reportDeadlock(const DeadlockReport &R) {
  Finding F;
  F.Kind = "deadlock";
  std::vector<std::vector<std::string>> Rows;
  for (size_t I = 0; I < R.Count; ++I) {
    FindingSide S = blockedSide(R.Threads[I]);
    if (I < kRows)
      Rows.push_back({S.Strand, S.What, sidePlace(S), sideSource(S), S.Detail});
    F.Sides.push_back(std::move(S));
  }
  if (R.Asked)
    return print(format("heddle: asked by SIGQUIT: %zu of %zu threads wait\n",
                        R.Count, R.Alive) +
                 table(Rows));
  F.Id = findingId(F, R.IsCycle ? "deadlock cycle" : "deadlock");
  if (!isWanted(F))
    return;
  F.Title = title(R);
  std::string Body = table(Rows);
  size_t All = R.IsCycle ? R.Count : R.Alive;
  if (All > Rows.size())
    Body += format("  and %zu more\n", All - Rows.size());
  if (R.IsCycle && R.Count > 1)
    Body += cycleText(R);
  if (compatTsan())
    F.Text = tsanText(R, F);
  addFinding(std::move(F), Body + "  explain: heddle explain deadlock\n");
}

} // namespace heddle
