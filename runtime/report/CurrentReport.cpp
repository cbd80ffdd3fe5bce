// ThreadSanitizer's functions for the report that is being made, and for what
// lies at an address.
#include "report/CurrentReport.h"

#include "detect/Heap.h"
#include "event/Place.h"
#include "event/StackDepot.h"
#include "report/Location.h"

#include <cstdlib>
#include <cstring>

#define HEDDLE_EXPORT extern "C" __attribute__((visibility("default"), used))

// Null unless the program defines it.
extern "C" [[gnu::weak]] __attribute__((visibility("default"))) void
__tsan_on_report(void *);

using namespace heddle;

namespace {

thread_local const CurrentReport *tCurrent = nullptr;

const CurrentReport &at(void *Report) {
  return *static_cast<const CurrentReport *>(Report);
}

void copyStack(const StackRef &From, void **To, size_t Max) {
  for (size_t I = 0; I < From.Size && I < Max; ++I)
    To[I] = reinterpret_cast<void *>(From.Pcs[I] - 1);
}

const AccessInfo &side(const RaceReport &R, size_t Index) {
  return Index ? R.Previous : R.Current;
}

const StrandInfo *strandOf(const CurrentReport &R, size_t Index) {
  if (R.Race)
    return Index < 2 ? &side(*R.Race, Index).Who : nullptr;
  if (R.Misuse)
    return Index < 1 ? &R.Misuse->Who : nullptr;
  return Index < R.LeakCount ? &R.Leaks[Index].Who : nullptr;
}

// Threads count from 0 there.
int theirNumber(const StrandInfo &S) { return int(S.Id) - 1; }

const char *describe(const RaceReport &R) {
  if (R.ExternalTitle)
    return "external-race";
  if (R.Kind == ReportKind::UseAfterFree)
    return "heap-use-after-free";
  return R.Kind == ReportKind::VptrRace ? "data-race-vptr" : "data-race";
}

const char *describe(LockMisuse Kind) {
  switch (Kind) {
  case LockMisuse::DestroyOfLocked:
    return "locked-mutex-destroy";
  case LockMisuse::DoubleLock:
    return "mutex-double-lock";
  case LockMisuse::ReadLockOfWriteLocked:
    return "mutex-bad-read-lock";
  case LockMisuse::ReadUnlockOfWriteLocked:
    return "mutex-bad-read-unlock";
  case LockMisuse::HeldAtWrongPlace:
    return "mutex-held-in-wrong-context";
  case LockMisuse::UnlockOfUnlocked:
  case LockMisuse::UnlockByOther:
    return "mutex-bad-unlock";
  default:
    return "mutex-invalid-access";
  }
}

const char *kindText(LocationKind Kind) {
  switch (Kind) {
  case LocationKind::Global:
    return "global";
  case LocationKind::Heap:
  case LocationKind::FreedHeap:
    return "heap";
  case LocationKind::Stack:
    return "stack";
  case LocationKind::ThreadLocal:
    return "tls";
  case LocationKind::File:
    return "fd";
  case LocationKind::Unknown:
    break;
  }
  return "";
}

StackRef misuseStack(const CurrentReport &R) {
  return R.Misuse ? R.Misuse->Stack : StackRef();
}

} // namespace

void heddle::showToProgram(const CurrentReport &R) {
  if (!__tsan_on_report)
    return;
  tCurrent = &R;
  __tsan_on_report(const_cast<CurrentReport *>(&R));
  tCurrent = nullptr;
}

HEDDLE_EXPORT void *__tsan_get_current_report() {
  return const_cast<CurrentReport *>(tCurrent);
}

HEDDLE_EXPORT int __tsan_get_report_data(void *Report, const char **What,
                                         int *Count, int *Stacks, int *Accesses,
                                         int *Locations, int *Mutexes,
                                         int *Threads, int *Numbers,
                                         void **SleepStack,
                                         unsigned long Size) {
  const CurrentReport &R = at(Report);
  *What = R.Race     ? describe(*R.Race)
          : R.Misuse ? describe(R.Misuse->Kind)
                     : "thread-leak";
  *Count = R.Leaks ? int(R.LeakCount) : 1;
  *Stacks = R.Misuse != nullptr;
  *Accesses = R.Race ? 2 : 0;
  *Locations = R.Race != nullptr;
  *Mutexes = R.Misuse != nullptr;
  *Threads = *Numbers = R.Race ? 2 : R.Leaks ? int(R.LeakCount) : 1;
  if (SleepStack && Size)
    SleepStack[0] = nullptr;
  return 1;
}

HEDDLE_EXPORT int __tsan_get_report_tag(void *, unsigned long *Tag) {
  *Tag = 0;
  return 1;
}

HEDDLE_EXPORT int __tsan_get_report_stack(void *Report, unsigned long,
                                          void **Out, unsigned long Size) {
  StackRef Stack = misuseStack(at(Report));
  copyStack(Stack, Out, Size);
  return Stack.Size != 0;
}

HEDDLE_EXPORT int __tsan_get_report_mop(void *Report, unsigned long Index,
                                        int *Thread, void **Addr, int *Size,
                                        int *Write, int *Atomic, void **Out,
                                        unsigned long OutSize) {
  const CurrentReport &R = at(Report);
  if (!R.Race || Index > 1)
    return 0;
  const AccessInfo &A = side(*R.Race, Index);
  *Thread = theirNumber(A.Who);
  *Addr = const_cast<void *>(A.Addr);
  *Size = int(A.Size);
  *Write = A.Kind != AccessKind::Read && A.Kind != AccessKind::AtomicRead;
  *Atomic =
      A.Kind == AccessKind::AtomicRead || A.Kind == AccessKind::AtomicWrite;
  copyStack(A.Stack, Out, OutSize);
  return 1;
}

HEDDLE_EXPORT int __tsan_get_report_loc(void *Report, unsigned long,
                                        const char **Type, void **Addr,
                                        void **Start, unsigned long *Size,
                                        int *Thread, int *Fd, int *Suppressable,
                                        void **Out, unsigned long OutSize) {
  const CurrentReport &R = at(Report);
  if (!R.Race)
    return 0;
  auto At = reinterpret_cast<uintptr_t>(R.Race->Current.Addr);
  Location L = locate(At);
  *Type = kindText(L.Kind);
  *Addr = const_cast<void *>(R.Race->Current.Addr);
  *Start = reinterpret_cast<void *>(At - L.Offset);
  *Size = L.Size;
  *Thread = 0;
  *Fd = L.Kind == LocationKind::File ? atoi(L.Name.c_str()) : 0;
  *Suppressable = 0;
  HeapBlock Block;
  if (heapFind(At, Block))
    readStack(placeAt(Block.Place).Stack, reinterpret_cast<uintptr_t *>(Out),
              OutSize);
  return 1;
}

HEDDLE_EXPORT int __tsan_get_report_loc_object_type(void *, unsigned long,
                                                    const char **Type) {
  *Type = "";
  return 1;
}

HEDDLE_EXPORT int __tsan_get_report_mutex(void *Report, unsigned long,
                                          unsigned long *Id, void **Addr,
                                          int *Destroyed, void **Out,
                                          unsigned long Size) {
  const CurrentReport &R = at(Report);
  if (!R.Misuse)
    return 0;
  *Id = 0;
  *Addr = const_cast<void *>(R.Misuse->Object);
  *Destroyed = 0;
  copyStack(R.Misuse->Stack, Out, Size);
  return 1;
}

HEDDLE_EXPORT int __tsan_get_report_thread(void *Report, unsigned long Index,
                                           int *Number, unsigned long *OsId,
                                           int *Running, const char **Name,
                                           int *Parent, void **Out,
                                           unsigned long Size) {
  const StrandInfo *S = strandOf(at(Report), Index);
  if (!S)
    return 0;
  *Number = theirNumber(*S);
  *OsId = 0;
  *Running = !S->Finished;
  *Name = S->Name ? S->Name : "";
  *Parent = int(S->ParentId) - 1;
  copyStack(S->CreationStack, Out, Size);
  return 1;
}

HEDDLE_EXPORT int
__tsan_get_report_unique_tid(void *Report, unsigned long Index, int *Number) {
  const StrandInfo *S = strandOf(at(Report), Index);
  *Number = S ? theirNumber(*S) : 0;
  return S != nullptr;
}

HEDDLE_EXPORT const char *__tsan_locate_address(uintptr_t Addr, char *Name,
                                                unsigned long NameSize,
                                                uintptr_t *Begin,
                                                unsigned long *Size) {
  InRuntime Inside;
  Location L = locate(Addr);
  if (NameSize) {
    strncpy(Name, L.Name.c_str(), NameSize - 1);
    Name[NameSize - 1] = 0;
  }
  *Begin = Addr - L.Offset;
  *Size = L.Size;
  return kindText(L.Kind);
}

HEDDLE_EXPORT int __tsan_get_alloc_stack(uintptr_t Addr, uintptr_t *Out,
                                         unsigned long Size, int *Thread,
                                         unsigned long *OsId) {
  HeapBlock Block;
  if (!heapFind(Addr, Block))
    return 0;
  *Thread = int(Block.StrandId) - 1;
  *OsId = 0;
  return int(readStack(placeAt(Block.Place).Stack, Out, Size));
}
