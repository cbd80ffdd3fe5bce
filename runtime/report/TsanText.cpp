// One function for each kind of report; the titles are ThreadSanitizer's.
#include "report/TsanText.h"

#include "detect/Describe.h"
#include "detect/Options.h"
#include "report/Suppressions.h"
#include "report/TsanShape.h"
#include "sync/Sync.h"

#include <unistd.h>

namespace heddle {
namespace {

std::string title(const RaceReport &R) {
  if (R.Kind == ReportKind::VptrRace)
    return "data race on vptr (ctor/dtor vs virtual call)";
  bool AfterFree = R.Previous.Kind == AccessKind::Free;
  return AfterFree ? "heap-use-after-free" : "data race";
}

// 'Write of size 4 at 0x.. by main thread (mutexes: write M0):'.
std::string access(const AccessInfo &A, bool First, TsanMutexes &Mutexes) {
  bool Atomic =
      A.Kind == AccessKind::AtomicRead || A.Kind == AccessKind::AtomicWrite;
  bool Reads = A.Kind == AccessKind::Read || A.Kind == AccessKind::AtomicRead;
  std::string What = First ? "" : "previous ";
  What += Atomic ? "atomic " : "";
  What += Reads ? "read" : "write";
  What[0] = char(What[0] - 'a' + 'A');
  auto Addr = reinterpret_cast<uintptr_t>(A.Addr);
  size_t Size = A.Size;
  if (A.Kind == AccessKind::Free) { // is told as the write of a whole cell
    Addr &= ~uintptr_t(7);
    Size = 8;
  }
  return "  " + What + format(" of size %zu at 0x%012zx by ", Size, Addr) +
         tsanStrand(A.Who.Id, A.Who.IsGoroutine) + Mutexes.held(A) + ":\n" +
         tsanStack(A.Stack);
}

const char *title(LockMisuse Kind) {
  switch (Kind) {
  case LockMisuse::DestroyOfLocked:
    return "destroy of a locked mutex";
  case LockMisuse::DestroyOfAwaitedCond:
    return "destroy of an awaited condition variable";
  case LockMisuse::DestroyOfAwaitedSemaphore:
    return "destroy of an awaited semaphore";
  case LockMisuse::DestroyOfAwaitedBarrier:
    return "destroy of an awaited barrier";
  case LockMisuse::UnlockOfUnlocked:
  case LockMisuse::UnlockByOther:
    return "unlock of an unlocked mutex (or by a wrong thread)";
  case LockMisuse::DoubleLock:
    return "double lock of a mutex";
  case LockMisuse::ReadLockOfWriteLocked:
    return "read lock of a write locked mutex";
  case LockMisuse::ReadUnlockOfWriteLocked:
    return "read unlock of a write locked mutex";
  case LockMisuse::HeldAtWrongPlace:
    return "mutex held in the wrong context";
  case LockMisuse::UseOfInvalid:
    return "use of an invalid mutex (e.g. uninitialized or destroyed)";
  case LockMisuse::HandlerSpoilsErrno:
    return "signal handler spoils errno";
  case LockMisuse::UnsafeCallInHandler:
    return "signal-unsafe call inside of a signal";
  case LockMisuse::DoubleFree:
    return "double free";
  case LockMisuse::InvalidFree:
    return "free of an invalid address";
  }
  return "misuse";
}

bool isAboutMutex(LockMisuse Kind) {
  switch (Kind) {
  case LockMisuse::DestroyOfAwaitedCond:
  case LockMisuse::DestroyOfAwaitedSemaphore:
  case LockMisuse::DestroyOfAwaitedBarrier:
  case LockMisuse::DoubleFree:
  case LockMisuse::InvalidFree:
  case LockMisuse::HandlerSpoilsErrno:
  case LockMisuse::UnsafeCallInHandler:
    return false;
  default:
    return true;
  }
}

} // namespace

std::string tsanText(const RaceReport &R, const Finding &F) {
  TsanMutexes Mutexes;
  std::string Text = tsanBegin(title(R)) + access(R.Current, true, Mutexes) +
                     access(R.Previous, false, Mutexes);
  if (R.Slept.Size)
    Text += "  As if synchronized via sleep:\n" + tsanStack(R.Slept);
  Text += tsanLocation(F.Where, reinterpret_cast<uintptr_t>(R.Current.Addr)) +
          Mutexes.describe() + tsanThread(R.Current.Who) +
          tsanThread(R.Previous.Who);
  return Text + tsanEnd(title(R), F.Sides[1].Stack);
}

std::string tsanText(const LockOrderReport &R, const Finding &F) {
  constexpr const char *kTitle = "lock-order-inversion (potential deadlock)";
  TsanMutexes Mutexes;
  std::string Text = tsanBegin(kTitle) + "  Cycle in lock order graph: ";
  for (size_t I = 0; I < R.Count; ++I)
    Text +=
        Mutexes.name(R.Steps[I].Held) +
        format(" (0x%012zx) => ", reinterpret_cast<size_t>(R.Steps[I].Held));
  Text += "M0\n\n";
  for (size_t I = 0; I < R.Count; ++I) {
    const LockOrderStep &S = R.Steps[I];
    std::string Held = Mutexes.name(S.Held);
    Text += "  Mutex " + Mutexes.name(S.Wanted) +
            " acquired here while holding mutex " + Held + " in " +
            tsanStrand(S.Who.Id, S.Who.IsGoroutine) + ":\n" +
            tsanStack(S.WantedAt);
    Text += "  Mutex " + Held +
            " previously acquired by the same thread here:\n" +
            tsanStack(S.HeldAt);
  }
  for (size_t I = 0; I < R.Count; ++I)
    if (I == 0 || R.Steps[I].Who.Id != R.Steps[0].Who.Id)
      Text += tsanThread(R.Steps[I].Who);
  return Text + tsanEnd(kTitle, F.Sides[0].Stack);
}

// Each thread holds the lock that the one before it waits for.
std::string tsanText(const DeadlockReport &R, const Finding &F) {
  bool OnlyLocks = R.IsCycle && R.Count > 1;
  std::vector<LockOrderStep> Steps;
  for (size_t I = 0; I < R.Count; ++I) {
    const BlockedThread &Holds = R.Threads[I],
                        &T = R.Threads[(I + 1) % R.Count];
    OnlyLocks &= Holds.Owned && Holds.Wait != WaitKind::Join;
    Steps.push_back({T.Who,
                     Holds.Object,
                     {},
                     Holds.OwnerStack,
                     false,
                     T.Object,
                     T.Stack,
                     false});
  }
  if (!OnlyLocks)
    return tsanText(std::string("deadlock"), F);
  return tsanText(LockOrderReport{Steps.data(), Steps.size()}, F);
}

std::string tsanText(const LockMisuseReport &R, const Finding &F) {
  std::string Text = tsanBegin(title(R.Kind));
  if (R.Kind == LockMisuse::HandlerSpoilsErrno)
    Text += format("  Signal %d handler invoked at:\n",
                   int(reinterpret_cast<intptr_t>(R.Object)));
  Text += tsanStack(R.Stack);
  if (isAboutMutex(R.Kind)) {
    if (R.Owned && R.OwnerStack.Size)
      Text += "  and:\n" + tsanStack(R.OwnerStack);
    TsanMutexes Mutexes;
    Mutexes.name(R.Object, stackOfPlace(lockMadeAt(R.Object)));
    auto Addr = reinterpret_cast<uintptr_t>(R.Object);
    Text += tsanLocation(locate(Addr), Addr) + Mutexes.describe();
  }
  return Text + tsanEnd(title(R.Kind), F.Sides[0].Stack);
}

std::string tsanText(const std::string &Title, const Finding &F) {
  std::string Text = tsanBegin(Title);
  for (const FindingSide &S : F.Sides)
    Text += "  " + S.What + " of " + tsanStrand(S.StrandId, S.IsGoroutine) +
            ":\n" + tsanStack(S.Stack);
  return Text + tsanEnd(Title, F.Sides.empty() ? Frames() : F.Sides[0].Stack);
}

std::string tsanText(const ThreadLeak &Leak, const Finding &F) {
  std::string Text = tsanBegin("thread leak") + tsanThread(Leak.Who);
  if (Leak.More)
    Text += format("  And %zu more similar thread leaks.\n\n", Leak.More);
  return Text + tsanEnd("thread leak", F.Sides[0].Stack);
}

std::string tsanClosing() {
  std::string Lines, Text;
  uint64_t Matched = 0;
  for (const Suppression &S : suppressions().all())
    if (S.Matched) {
      Matched += S.Matched;
      Lines += format("%llu ", (unsigned long long)S.Matched) + S.Kind + ":" +
               S.Pattern + "\n";
    }
  if (size_t Count = findings().size())
    Text = format("ThreadSanitizer: reported %zu warnings\n", Count);
  if (Matched && gOptions.Verbose)
    Text += format("ThreadSanitizer: Matched %llu suppressions (pid=%d):\n",
                   (unsigned long long)Matched, int(getpid())) +
            Lines;
  return Text;
}

} // namespace heddle
