// Timers that main leaves behind: armed, and nobody's to stop any more.
//
// They are noted when the world is frozen, and told of at the end of the
// process: the destructors of static objects come in between, and stop what is
// theirs. A timer with a handle on the stack of a goroutine that is left behind
// belongs to that goroutine, which is reported itself if it is a leak. With a
// goroutine that merely sleeps, or waits for the outside, nothing is said:
// what it owns may lie anywhere.
#include "sched/Scheduler.h"

#include <algorithm>

namespace heddle::sched {
namespace {

struct LeftTimer {
  const Timer *Which;
  ArmedTimer What;
};

SpinLock Lock;
std::vector<LeftTimer> *Left HEDDLE_GUARDED_BY(Lock) = nullptr;
std::atomic<bool> AnyLeft{false};

using Addresses = std::vector<const void *>; // sorted

// Removes from Owners those that a word on the stack of G points at.
void dropHeld(const Goroutine &G, Addresses &Owners) {
  auto *From = static_cast<const void *const *>(G.Sp);
  auto *End = reinterpret_cast<const void *const *>(G.Own.High);
  for (const void *const *P = From; P < End && !Owners.empty(); ++P) {
    auto At = std::lower_bound(Owners.begin(), Owners.end(), *P);
    if (At != Owners.end() && *At == *P)
      Owners.erase(At);
  }
}

// The owners of All that no goroutine of S holds.
Addresses unheldOwners(Scheduler &S, const std::vector<LeftTimer> &All) {
  Addresses Owners;
  for (const LeftTimer &L : All)
    Owners.push_back(L.What.Owner);
  std::sort(Owners.begin(), Owners.end());
  S.forEach([&](const Goroutine *G) {
    if (!G->Started || !G->Wait || isWokenFromOutside(*G))
      Owners.clear();
    else
      dropHeld(*G, Owners);
  });
  return Owners;
}

void note(Timer &T, void *Arg) {
  auto *All = static_cast<std::vector<LeftTimer> *>(Arg);
  ArmedTimer What{};
  T.Kind->Describe(&T, What);
  What.Period = T.Period;
  All->push_back({&T, What});
}

} // namespace

void abandonTimers(Scheduler &S) {
  std::vector<LeftTimer> All;
  S.timers().abandon(&note, &All);
  // Another thread could still stop them.
  if (All.empty() || !gDetector ||
      Scheduler::PlainThreads.load(std::memory_order_seq_cst))
    return;
  Addresses Owners = unheldOwners(S, All);
  SpinLockHolder Hold(Lock);
  if (!Left)
    Left = new std::vector<LeftTimer>;
  for (const LeftTimer &L : All)
    if (std::binary_search(Owners.begin(), Owners.end(), L.What.Owner))
      Left->push_back(L);
  AnyLeft.store(!Left->empty(), std::memory_order_relaxed);
}

void forgetLeftTimer(const Timer &T) {
  // Ordering: relaxed; set while nothing runs that could stop a timer.
  if (!AnyLeft.load(std::memory_order_relaxed))
    return;
  SpinLockHolder Hold(Lock);
  auto Same = [&](const LeftTimer &L) { return L.Which == &T; };
  Left->erase(std::remove_if(Left->begin(), Left->end(), Same), Left->end());
}

void forEachLeftTimer(void (*Fn)(const ArmedTimer &Left, void *Arg),
                      void *Arg) {
  SpinLockHolder Hold(Lock);
  if (Left)
    for (const LeftTimer &L : *Left)
      Fn(L.What, Arg);
}

} // namespace heddle::sched
