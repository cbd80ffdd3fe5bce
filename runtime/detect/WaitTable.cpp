// Cycles in a graph in which every node has at most one successor.
//
// A strand waits for one object, an object has at most one exclusive owner, so
// a walk along the owners from any strand ends or enters a cycle. A cycle
// counts only when each of its waits was in a cycle at the look before: two
// looks exclude an owner that was read between its release and the waiter's
// wake-up.
#include "detect/WaitTable.h"

#include "base/Arena.h"
#include "event/StrandData.h"
#include "sync/Sync.h"

#include <ctime>

namespace heddle {

namespace {

WaitTable gTable;

// A strand that is over lets its joiner go on as soon as the kernel has seen
// the last of the thread, which may be long after the strand's end.
bool isAboutToReturn(const Wait &W) {
  return W.What.Target &&
         __atomic_load_n(&W.What.Target->Finished, __ATOMIC_RELAXED);
}

} // namespace

WaitTable &waitTable() { return gTable; }

uint64_t nowNanos() {
  timespec T;
  clock_gettime(CLOCK_MONOTONIC, &T);
  return uint64_t(T.tv_sec) * 1000000000 + uint64_t(T.tv_nsec);
}

Wait *&WaitTable::bucket(const Strand *S) {
  return Buckets[reinterpret_cast<uintptr_t>(S) / 64 % kBuckets];
}

void WaitTable::add(const Wait &W) {
  auto *Entry = arenaNew<Wait>(W);
  if (!Entry)
    return;
  SpinLockHolder Hold(Lock);
  Wait *&Head = bucket(W.Who);
  Entry->Next = Head;
  Head = Entry;
}

void WaitTable::remove(Strand &S) {
  Wait *Gone = nullptr;
  {
    SpinLockHolder Hold(Lock);
    for (Wait **At = &bucket(&S); *At; At = &(*At)->Next)
      if ((*At)->Who == &S) {
        Gone = *At;
        *At = Gone->Next;
        break;
      }
  }
  arenaDelete(Gone);
}

Wait *WaitTable::find(const Strand *S) {
  Wait *W = bucket(S);
  while (W && W->Who != S)
    W = W->Next;
  return W;
}

Wait *WaitTable::successor(const Wait &W) {
  if (W.What.Timed)
    return nullptr;
  Strand *For = W.What.Target ? W.What.Target : lockOwner(W.What.Object);
  return For ? find(For) : nullptr;
}

void WaitTable::beginLook() {
  SpinLockHolder Hold(Lock);
  for (Wait *Head : Buckets)
    for (Wait *W = Head; W; W = W->Next)
      ++W->Age;
}

// A node of the cycle that the walk from Start enters, or null.
Wait *WaitTable::cycleFrom(Wait &Start) {
  ++Walk;
  Wait *W = &Start;
  while (W && W->VisitedAt != Walk) {
    W->VisitedAt = Walk;
    W = successor(*W);
  }
  return W;
}

// Counts this look for the cycle; true if it is due.
bool WaitTable::ageCycle(Wait &In) {
  bool Due = true;
  Wait *W = &In;
  do {
    Due &= !W->Reported && W->CycleAge + 1 == W->Age && W->CycleAge > 0;
    W->CycleAge = W->Age;
    W = successor(*W);
  } while (W && W != &In);
  return Due && W;
}

size_t WaitTable::takeCycle(Wait &In, Wait *Out) {
  size_t Count = 0;
  Wait *W = &In;
  do {
    W->Reported = true;
    if (Count < kMaxReportedWaits)
      Out[Count++] = *W;
    W = successor(*W);
  } while (W && W != &In);
  return Count;
}

size_t WaitTable::stableCycle(Wait *Out) {
  SpinLockHolder Hold(Lock);
  for (Wait *Head : Buckets)
    for (Wait *Start = Head; Start; Start = Start->Next) {
      if (Start->Reported || Start->CycleAge == Start->Age)
        continue;
      Wait *In = cycleFrom(*Start);
      if (!In || In->CycleAge == In->Age || !ageCycle(*In))
        continue;
      return takeCycle(*In, Out);
    }
  return 0;
}

// No OS thread takes part, and nothing was said of it.
bool WaitTable::isResting(Wait &In) {
  Wait *W = &In;
  do {
    if (W->IsThread || W->Reported)
      return false;
    W = successor(*W);
  } while (W && W != &In);
  return W;
}

size_t WaitTable::restingCycle(Wait *Out) {
  SpinLockHolder Hold(Lock);
  for (Wait *Head : Buckets)
    for (Wait *Start = Head; Start; Start = Start->Next)
      if (Wait *In = cycleFrom(*Start); In && isResting(*In))
        return takeCycle(*In, Out);
  return 0;
}

bool WaitTable::leadsToReported(const void *Object) {
  SpinLockHolder Hold(Lock);
  Strand *Owner = Object ? lockOwner(Object) : nullptr;
  Wait *First = Owner ? find(Owner) : nullptr;
  Wait *In = First ? cycleFrom(*First) : nullptr;
  return In && In->Reported;
}

size_t WaitTable::stableThreads(Wait *Out, size_t Count) {
  SpinLockHolder Hold(Lock);
  size_t Found = 0;
  for (Wait *Head : Buckets)
    for (Wait *W = Head; W; W = W->Next) {
      if (!W->IsThread)
        continue;
      if (W->What.Timed || W->Age < 2 || isAboutToReturn(*W))
        return 0;
      if (Found < kMaxReportedWaits)
        Out[Found] = *W;
      ++Found;
    }
  return Found == Count ? Found : 0;
}

bool WaitTable::waitOn(const void *Object, Wait &Out) {
  SpinLockHolder Hold(Lock);
  for (Wait *Head : Buckets)
    for (Wait *W = Head; W; W = W->Next)
      if (W->What.Object == Object && W->Record) {
        Out = *W;
        return true;
      }
  return false;
}

size_t WaitTable::all(Wait *Out) {
  SpinLockHolder Hold(Lock);
  size_t Count = 0;
  for (Wait *Head : Buckets)
    for (Wait *W = Head; W && Count < kMaxReportedWaits; W = W->Next)
      Out[Count++] = *W;
  return Count;
}

void WaitTable::clear() {
  for (Wait *&Head : Buckets)
    Head = nullptr;
}

} // namespace heddle
