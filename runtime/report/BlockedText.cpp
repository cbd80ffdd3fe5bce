// The reports of goroutines that wait for ever.
#include "base/WaitNames.h"
#include "detect/Options.h"
#include "report/Sink.h"
#include "report/Symbolizer.h"
#include "report/TsanText.h"

namespace heddle {
namespace {

constexpr size_t kRows = 9; // strands listed one by one in a deadlock

bool isChannel(WaitKind Kind) {
  return Kind == WaitKind::ChanSend || Kind == WaitKind::ChanRecv;
}

// 'chan (fetch.cpp:38, capacity 0, length 0)', 'counter 2'.
std::string objectText(const BlockedStrand &S) {
  auto state = [&](int I) { return (unsigned long long)S.ObjectState[I]; };
  std::string Made =
      S.ObjectMadeAt.File ? "made at " + placeText(S.ObjectMadeAt) : "";
  if (isChannel(S.Wait))
    return format("chan capacity %llu, length %llu", state(0), state(1)) +
           (Made.empty() ? "" : ", " + Made);
  if (S.Wait == WaitKind::WaitGroup)
    return format("counter %llu", state(0));
  return Made;
}

FindingSide blockedSide(const BlockedStrand &S) {
  StrandInfo Who;
  Who.Id = S.Id;
  Who.IsGoroutine = true;
  Who.Name = S.Name;
  Who.SpawnSite = S.SpawnSite;
  Who.ParentId = S.SpawnedBy;
  FindingSide Side =
      makeSide(waitNames(S.Wait).Name, Who, {S.Stack, S.StackSize});
  const Frame *User = userFrame(Side.Stack);
  if (S.WaitSite.File && !(User && User->IsUser)) {
    Frame F;
    F.File = S.WaitSite.File;
    F.Function = S.WaitSite.Function ? S.WaitSite.Function : "";
    F.Line = S.WaitSite.Line;
    F.Column = S.WaitSite.Column;
    F.IsUser = true;
    Side.Stack.insert(Side.Stack.begin(), F);
  }
  Side.Detail = objectText(S);
  return Side;
}

std::string secondsText(uint64_t Nanos) {
  return Nanos < 100000000 ? "" : format("%.1f s", double(Nanos) / 1e9);
}

bool sameWait(const BlockedStrand &A, const BlockedStrand &B) {
  return A.Wait == B.Wait && A.WaitSite.File == B.WaitSite.File &&
         A.WaitSite.Line == B.WaitSite.Line &&
         A.SpawnSite.File == B.SpawnSite.File &&
         A.SpawnSite.Line == B.SpawnSite.Line;
}

std::string deadlockTitle(const BlockedReport &R) {
  if (R.Verdict == BlockedVerdict::MainBlocked)
    return "DEADLOCK  main is blocked, and nothing that runs can wake it";
  return format("DEADLOCK  %zu of %zu goroutine%s blocked; no timer, I/O or "
                "other thread can wake %s",
                R.Count, R.Count, R.Count == 1 ? "" : "s",
                R.Count == 1 ? "it" : "them");
}

void reportAsleep(const BlockedReport &R) {
  Finding F;
  F.Kind = "deadlock";
  std::vector<std::vector<std::string>> Rows;
  std::vector<size_t> Listed, More;
  for (size_t I = 0; I < R.Count; ++I) {
    size_t K = 0;
    while (K < Listed.size() && !sameWait(R.Strands[Listed[K]], R.Strands[I]))
      ++K;
    if (K < Listed.size()) {
      ++More[K];
    } else if (Listed.size() < kRows) {
      Listed.push_back(I);
      More.push_back(0);
      F.Sides.push_back(blockedSide(R.Strands[I]));
    }
  }
  size_t Shown = 0;
  for (size_t K = 0; K < Listed.size(); ++K) {
    const FindingSide &S = F.Sides[K];
    Shown += 1 + More[K];
    std::string Detail = S.Detail;
    if (More[K])
      Detail +=
          format("%sand %zu more here", Detail.empty() ? "" : "; ", More[K]);
    Rows.push_back({S.Strand, S.What, sidePlace(S), sideSource(S), Detail,
                    secondsText(R.Strands[Listed[K]].BlockedForNanos)});
  }
  std::string Body = table(Rows);
  if (Shown < R.Count)
    Body += format("  and %zu more\n", R.Count - Shown);
  F.Title = deadlockTitle(R);
  F.Id = findingId(F, F.Kind);
  if (!isWanted(F))
    return;
  if (compatTsan())
    F.Text = tsanText("deadlock", F);
  addFinding(std::move(F), Body + "  explain: heddle explain deadlock\n");
}

// All strands that wait at First's place and were spawned at its place.
void reportLeakGroup(const BlockedReport &R, size_t First) {
  const BlockedStrand &S = R.Strands[First];
  size_t Count = 0;
  for (size_t I = First; I < R.Count; ++I)
    Count += sameWait(S, R.Strands[I]);
  Finding F;
  F.Kind = "leak";
  F.Sides = {blockedSide(S)};
  F.Id = findingId(F, F.Kind);
  if (!isWanted(F))
    return;
  const FindingSide &Side = F.Sides[0];
  std::string Spawned =
      Side.Spawned.Line ? ", spawned at " + placeText(Side.Spawned) : "";
  F.Title = format("LEAK  %zu goroutine%s still blocked at exit (%s, ", Count,
                   Count == 1 ? "" : "s", Side.What.c_str()) +
            sidePlace(Side) + Spawned + ")";
  std::string Body = table({{Side.Strand, Side.What, sidePlace(Side),
                             sideSource(Side), Side.Detail}});
  if (compatTsan())
    F.Text = tsanText("goroutine leak", F);
  addFinding(std::move(F), Body + "  explain: heddle explain leak\n");
}

} // namespace

void reportBlockedStrands(const BlockedReport &R) {
  if (R.Verdict != BlockedVerdict::LeakedAtExit)
    return reportAsleep(R);
  for (size_t I = 0; I < R.Count; ++I) {
    bool First = true;
    for (size_t K = 0; K < I && First; ++K)
      First = !sameWait(R.Strands[K], R.Strands[I]);
    if (First)
      reportLeakGroup(R, I);
  }
}

} // namespace heddle
