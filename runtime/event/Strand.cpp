// Strands come, run on threads, and go.
#include "event/Strand.h"

#include "base/Arena.h"
#include "base/Check.h"
#include "event/Alone.h"
#include "event/Place.h"
#include "event/Slots.h"
#include "event/StackWalk.h"
#include "event/StrandData.h"
#include "heddle/Abi.h"

#include <cstring>
#include <unistd.h>
#include <utility>

__attribute__((
    visibility("default"))) __thread HeddleThreadBlock heddle_thread_block = {
    HEDDLE_NO_EPOCH, 0};

namespace heddle {

__thread ThreadState gThreadState;
uint32_t gRenewalClock = kMaxClock - 1;
bool gKeepsSpawnOrder = false;

namespace {

constinit std::atomic<uint64_t> NextThreadId{1};

// Stands for threads whose strand has ended, or that came before there was a
// detector. Shared, therefore never written to.
Strand &unwatched() {
  static constinit char Memory[sizeof(Strand)] = {};
  auto *S = reinterpret_cast<Strand *>(Memory);
  S->IgnoreDepth = 1;
  return *S;
}

bool isCurrent(const Strand &S) { return threadState().Current == &S; }

StrandRecord *copyRecord(const StrandRecord &From) {
  auto *R = arenaNew<StrandRecord>(From);
  check(R, "no memory for a strand");
  return R;
}

Strand *makeStrand(Knowledge &Known, const StrandRecord &Who) {
  StrandRecord *R = copyRecord(Who);
  auto *S = R ? arenaNew<Strand>() : nullptr;
  if (!S)
    return &unwatched();
  S->Record = R;
  Known.settle();
  S->Known.learn(Known);
  S->Known.Own = takeSlot(S->Known, R);
  return S;
}

// The clock of S's slot is nearly used up: S goes on in another one.
void renewSlot(Strand &S) {
  StrandRecord *R = copyRecord(*S.Record);
  if (!R)
    return;
  EpochWord Old = std::exchange(S.Known.Own, 0);
  S.Known.raise(Old);
  S.SpawnOrder.raise(slotOf(Old), clockOf(Old));
  S.Known.Own = takeSlot(S.Known, R);
  S.Record->Finished = false;
  S.Record = R;
}

// All that Before did so far is ordered before all that After does from now on.
void keepSpawnOrder(Strand &Before, Strand &After) {
  if (!gKeepsSpawnOrder || !isWatched(Before) || !isWatched(After))
    return;
  After.SpawnOrder.join(Before.SpawnOrder);
  After.SpawnOrder.raise(slotOf(Before.epoch()), clockOf(Before.epoch()));
  ++Before.SpawnSteps;
  ++After.SpawnSteps;
}

void destroy(Strand &S) {
  arenaFree(S.Locks, S.LockCapacity * sizeof(Lock));
  freeChain(S.Calls);
  arenaDelete(S.Fences);
  arenaDelete(&S);
}

[[gnu::noinline]] Strand &registerThread() {
  ThreadState &T = threadState();
  StrandRecord Who{};
  Who.Id = NextThreadId.fetch_add(1, std::memory_order_relaxed);
  if (Who.Id == 1)
    Who.Name = "main";
  Who.OsId = uint32_t(gettid());
  strandComes(nullptr);
  Knowledge Nothing;
  T.Own = T.Current = makeStrand(Nothing, Who);
  refreshBlock(*T.Current);
  return *T.Current;
}

} // namespace

void refreshBlock(Strand &S) {
  EpochWord E = S.IgnoreDepth ? HEDDLE_NO_EPOCH
                : S.Alone     ? HEDDLE_ALONE_EPOCH
                              : S.epoch() | kAllBytes;
  // Ordering: see Presence::endFromOutside().
  __atomic_store_n(&heddle_thread_block.Epoch, E,
                   S.Alone ? __ATOMIC_SEQ_CST : __ATOMIC_RELAXED);
  if (S.Alone)
    isStillAlone(S);
}

bool initStrands() { return initSlots(); }

Strand &currentStrand() {
  Strand *S = threadState().Current;
  return __builtin_expect(S != nullptr, true) ? *S : registerThread();
}

Strand *createStrand(Strand &Parent, uint64_t Id, bool IsGoroutine,
                     const char *Name, SourceSite Site) {
  StrandRecord Who{};
  Who.Id = Id ? Id : NextThreadId.fetch_add(1, std::memory_order_relaxed);
  Who.ParentId = isWatched(Parent) ? Parent.Record->Id : 0;
  Who.Name = Name;
  Who.Site = Site;
  Who.IsGoroutine = IsGoroutine;
  Who.CreationStack = stackHere(0, __builtin_frame_address(0));
  strandComes(&Parent);
  Strand *S = makeStrand(Parent.Known, Who);
  keepSpawnOrder(Parent, *S);
  if (isWatched(Parent))
    beginEpoch(Parent);
  return S;
}

void switchStrand(Strand *S) {
  ThreadState &T = threadState();
  if (!S)
    S = T.Own ? T.Own : &registerThread();
  if (T.Current)
    T.Current->Context = heddle_thread_block.Context;
  T.Current = S;
  heddle_thread_block.Context = S->Context;
  refreshBlock(*S);
}

void bindThread(Strand *S) {
  ThreadState &T = threadState();
  T.Own = T.Current = S;
  if (isWatched(*S))
    S->Record->OsId = uint32_t(gettid());
  refreshBlock(*S);
}

void strandForked() {
  Strand &S = currentStrand();
  if (isWatched(S))
    endOtherTenants(S.Known.Own, S.Known);
}

void unwatchThread() { bindThread(&unwatched()); }

void joinStrand(Strand &By, Strand &S) {
  if (!isWatched(By) || !isWatched(S))
    return;
  By.Known.learn(S.Known);
  keepSpawnOrder(S, By);
  if (!S.Finished) {
    beginEpoch(S);
    return;
  }
  destroy(S);
  strandJoined(By);
}

void finishStrand(Strand &S) {
  if (!isWatched(S) || S.Finished)
    return;
  S.Finished = true;
  S.Record->Finished = true;
  endAlone(S);
  EpochWord End = S.epoch();
  // The last epoch matters if it has accesses, or if a join will publish it.
  bool Joinable = !S.Record->IsGoroutine && !S.Detached;
  bool Used = Joinable || S.LastUsed == clockOf(End);
  giveSlotBack(End, Used ? End : End - (clockOf(End) > 1));
  if (isCurrent(S)) {
    ThreadState &T = threadState();
    T.Current = S.Record->IsGoroutine && T.Own ? T.Own : &unwatched();
    if (T.Own == &S) {
      T.Own = &unwatched();
      dropPlaceCache();
    }
    refreshBlock(*T.Current);
  }
  if (S.Record->IsGoroutine || S.Detached)
    destroy(S);
}

void detachStrand(Strand &S) {
  if (!isWatched(S))
    return;
  if (S.Finished)
    destroy(S);
  else
    S.Detached = true;
}

void setStrandName(Strand &S, const char *Name) {
  if (!isWatched(S))
    return;
  size_t Size = strlen(Name) + 1;
  auto *Copy = static_cast<char *>(arenaAllocate(Size));
  if (!Copy)
    return;
  memcpy(Copy, Name, Size);
  S.Record->Name = Copy;
}

void beginEpoch(Strand &S) {
  S.Known.Own += 1;
  if (__builtin_expect(clockOf(S.Known.Own) >= gRenewalClock, false))
    renewSlot(S);
  if (isCurrent(S) && !S.Alone)
    refreshBlock(S);
}

void ignoreBegin() {
  Strand &S = currentStrand();
  if (!isWatched(S))
    return;
  ++S.IgnoreDepth;
  refreshBlock(S);
}

void ignoreEnd() {
  Strand &S = currentStrand();
  if (!isWatched(S) || !check(S.IgnoreDepth, "ignoreEnd without ignoreBegin"))
    return;
  --S.IgnoreDepth;
  refreshBlock(S);
}

void ignoreSyncBegin() {
  Strand &S = currentStrand();
  if (isWatched(S))
    ++S.IgnoreSyncDepth;
}

void ignoreSyncEnd() {
  Strand &S = currentStrand();
  if (S.IgnoreSyncDepth)
    --S.IgnoreSyncDepth;
}

SuspendedIgnores suspendIgnores() {
  Strand *S = threadState().Current;
  if (!S || !isWatched(*S) || !(S->IgnoreDepth | S->IgnoreSyncDepth))
    return {nullptr, 0, 0};
  SuspendedIgnores Ignores{S, S->IgnoreDepth, S->IgnoreSyncDepth};
  S->IgnoreDepth = 0;
  S->IgnoreSyncDepth = 0;
  refreshBlock(*S);
  return Ignores;
}

void resumeIgnores(const SuspendedIgnores &Ignores) {
  if (!Ignores.Of)
    return;
  Ignores.Of->IgnoreDepth = Ignores.Depth;
  Ignores.Of->IgnoreSyncDepth = Ignores.SyncDepth;
  if (isCurrent(*Ignores.Of))
    refreshBlock(*Ignores.Of);
}

InRuntime::InRuntime() { ++threadState().InRuntimeDepth; }
InRuntime::~InRuntime() { --threadState().InRuntimeDepth; }
bool InRuntime::active() { return threadState().InRuntimeDepth; }

} // namespace heddle
