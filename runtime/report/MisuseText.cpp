// The reports of wrong use: of channels, of locks, of the heap, of threads.
#include "detect/Options.h"
#include "report/Sink.h"
#include "report/Symbolizer.h"
#include "report/TsanText.h"

namespace heddle {
namespace {

const char *misuseText(MisuseKind Kind) {
  switch (Kind) {
  case MisuseKind::SendOnClosed:
    return "send on a closed channel";
  case MisuseKind::CloseOfClosed:
    return "close of a closed channel";
  case MisuseKind::CloseOfNil:
    return "close of a nil channel";
  case MisuseKind::NegativeCounter:
    return "the counter of a wait group falls below 0";
  case MisuseKind::AddConcurrentWithWait:
    return "add() is not ordered before wait(), which may have returned";
  case MisuseKind::ReuseBeforeWaitReturned:
    return "a wait group is used again before wait() has returned";
  case MisuseKind::UnlockOfUnlocked:
    return "unlock of a mutex that is not locked";
  case MisuseKind::RecursiveOnce:
    return "a once calls itself";
  }
  return "wrong use";
}

// What the other site of a misuse is, for its line.
const char *otherText(MisuseKind Kind) {
  bool Closed =
      Kind == MisuseKind::SendOnClosed || Kind == MisuseKind::CloseOfClosed;
  bool Waits = Kind == MisuseKind::AddConcurrentWithWait ||
               Kind == MisuseKind::ReuseBeforeWaitReturned;
  return Closed ? "closed at" : Waits ? "other call" : "see";
}

Frame frameOf(const SourceSite &Site) {
  Frame F;
  F.File = Site.File ? Site.File : "";
  F.Function = Site.Function ? Site.Function : "";
  F.Line = Site.Line;
  F.Column = Site.Column;
  F.IsUser = Site.File != nullptr;
  return F;
}

const char *misuseText(const LockMisuseReport &R) {
  switch (R.Kind) {
  case LockMisuse::DestroyOfLocked:
    return "destruction of a locked mutex";
  case LockMisuse::DestroyOfAwaitedCond:
    return "destruction of a condition variable that a thread waits on";
  case LockMisuse::DestroyOfAwaitedSemaphore:
    return "destruction of a semaphore that a thread waits on";
  case LockMisuse::DestroyOfAwaitedBarrier:
    return "destruction of a barrier that a thread waits on";
  case LockMisuse::UnlockOfUnlocked:
    return "unlock of a mutex that is not locked";
  case LockMisuse::UnlockByOther:
    return "unlock of a mutex that another thread holds";
  case LockMisuse::ReadLockOfWriteLocked:
    return "read lock of a mutex that is locked for writing";
  case LockMisuse::ReadUnlockOfWriteLocked:
    return "read unlock of a mutex that is locked for writing";
  case LockMisuse::HeldAtWrongPlace:
    return "a mutex is held where none may be";
  case LockMisuse::DoubleFree:
    return "a block is freed twice";
  case LockMisuse::InvalidFree:
    return "free of an address that no allocation returned";
  case LockMisuse::DoubleLock:
    return R.Owner.Id == R.Who.Id ? "lock of a mutex that the same thread holds"
                                  : "lock of a mutex that another thread holds";
  case LockMisuse::UseOfInvalid:
    return "use of a mutex that was destroyed or never made";
  case LockMisuse::HandlerSpoilsErrno:
    return "a signal handler changes errno";
  case LockMisuse::UnsafeCallInHandler:
    return "a function that is not async-signal-safe is called in a signal "
           "handler";
  }
  return "wrong use";
}

std::string placeOf(StackRef Stack) {
  const Frames At = symbolize(Stack);
  return At.empty() ? "" : placeText(*userFrame(At));
}

// What was misused, for the reader.
std::string objectText(const LockMisuseReport &R, const Frames &Stack) {
  switch (R.Kind) {
  case LockMisuse::DoubleFree:
  case LockMisuse::InvalidFree:
    return format("address %p", R.Object);
  case LockMisuse::HandlerSpoilsErrno:
    return format("signal %d", int(reinterpret_cast<intptr_t>(R.Object)));
  case LockMisuse::UnsafeCallInHandler:
    return "";
  default:
    return lockName(R.Object, userFrame(Stack));
  }
}

} // namespace

void reportChannelMisuse(const MisuseReport &R) {
  Finding F;
  F.Kind = "misuse";
  FindingSide Side = makeSide(misuseText(R.Kind), R.Who, R.Stack);
  const Frame *User = userFrame(Side.Stack);
  if (R.Site.File && !(User && User->IsUser))
    Side.Stack.insert(Side.Stack.begin(), frameOf(R.Site));
  F.Sides = {Side};
  F.Id = findingId(F, misuseText(R.Kind));
  if (!isWanted(F))
    return;
  F.Title = std::string("MISUSE  ") + misuseText(R.Kind);
  std::vector<std::vector<std::string>> Rows = {
      {Side.Strand, sidePlace(Side), sideSource(Side)}};
  if (R.OtherSite.File)
    Rows.push_back({otherText(R.Kind), placeText(R.OtherSite),
                    sourceText(R.OtherSite.File, R.OtherSite.Line)});
  if (compatTsan())
    F.Text = tsanText(std::string(misuseText(R.Kind)), F);
  addFinding(std::move(F), table(Rows) + sideCallers(Side) +
                               "  explain: heddle explain misuse\n");
}

void reportLockMisuse(const LockMisuseReport &R) {
  Finding F;
  F.Kind = "misuse";
  const char *What = misuseText(R);
  FindingSide Side = makeSide(What, R.Who, R.Stack);
  F.Sides = {Side};
  F.Id = findingId(F, What);
  if (!isWanted(F))
    return;
  F.Title = std::string("MISUSE  ") + What;
  std::vector<std::vector<std::string>> Rows = {{Side.Strand, sidePlace(Side),
                                                 sideSource(Side),
                                                 objectText(R, Side.Stack)}};
  if (R.Owned)
    Rows.push_back({"held by " + strandText(R.Owner), placeOf(R.OwnerStack)});
  if (R.Awaited)
    Rows.push_back(
        {"awaited by " + strandText(R.Waiter), placeOf(R.WaiterStack)});
  if (compatTsan())
    F.Text = tsanText(R, F);
  addFinding(std::move(F), table(Rows) + sideCallers(Side) +
                               "  explain: heddle explain misuse\n");
}

void reportThreadLeaks(const ThreadLeak *Leaks, size_t Count) {
  for (size_t I = 0; I < Count; ++I) {
    Finding F;
    F.Kind = "leak";
    FindingSide Side =
        makeSide("ended", Leaks[I].Who, Leaks[I].Who.CreationStack);
    F.Sides = {Side};
    F.Id = findingId(F, "leak of thread");
    if (!isWanted(F))
      continue;
    F.Title = "LEAK  a thread has ended and was neither joined nor detached";
    std::string Body =
        table({{Side.Strand, "created at", sidePlace(Side), sideSource(Side)}});
    if (Leaks[I].More)
      Body += format("  and %zu more like it\n", Leaks[I].More);
    if (compatTsan())
      F.Text = tsanText(Leaks[I], F);
    addFinding(std::move(F), Body + "  explain: heddle explain leak\n");
  }
}

} // namespace heddle
