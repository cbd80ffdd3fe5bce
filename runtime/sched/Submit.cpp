// Where a goroutine waits for its turn once it may run.
#include "sched/Scheduler.h"

namespace heddle::sched {

// The vector is one strand's after another's, without an edge between them that
// a sanitizer's malloc and memmove could see.
void Scheduler::pushRunnable(Goroutine *G) {
  Unseen Quiet;
  Runnable.push_back(G);
}
Goroutine *Scheduler::pickRunnable() {
  Unseen Quiet;
  uint32_t Count = uint32_t(Runnable.size());
  uint32_t I = Count == 1 ? 0 : Policy->pick(Runnable.data(), Count);
  Goroutine *G = Runnable[I];
  Runnable.erase(Runnable.begin() + I);
  return G;
}

void Scheduler::submitFresh(Goroutine *G) {
  Worker *W = currentWorker();
  if (controlled()) {
    if (W && !W->Solo)
      return pushRunnable(G);
    Workers[0]->Incoming.push(G);
    return wake(Workers[0]);
  }
  if (!W || W->Solo || !W->Fresh.push(G))
    Global.push(G);
  wakeOne();
}

void Scheduler::submitWoken(Goroutine *G) {
  Worker *W = currentWorker();
  if (controlled() && !(G->Home && G->Home->Solo))
    return submitFresh(G);
  if (!G->Home) { // a detector watches: move about
    if (freeRandom(2) && W && !W->Solo && W->Fresh.push(G))
      return wakeOne();
    Global.push(G);
    return wakeOne();
  }
  if (G->Home == W)
    return W->pushWoken(G);
  G->Home->Incoming.push(G);
  wake(G->Home);
}

void Scheduler::submitYielded(Worker *W, Goroutine *G) {
  if (controlled() && !W->Solo)
    return pushRunnable(G);
  if (G->Home)
    return W->Local.push(G);
  Global.push(G);
  wakeOne();
}

// -- the set of goroutines
// ----------------------------------------------------------

void Scheduler::add(Goroutine *G) {
  Shard &S = Shards[G->Id % kShards];
  SpinLockHolder Hold(S.Lock);
  S.List.pushBack(G);
  Live.fetch_add(1, std::memory_order_relaxed);
}

void Scheduler::remove(Goroutine *G) {
  Shard &S = Shards[G->Id % kShards];
  SpinLockHolder Hold(S.Lock);
  S.List.remove(G);
  Live.fetch_sub(1, std::memory_order_relaxed);
}

bool findStackOwner(const void *Addr, uint64_t &Id, const char *&Name) {
  Scheduler *S = Scheduler::get();
  bool Found = false;
  if (!S)
    return false;
  S->forEach([&](const Goroutine *G) {
    if (Addr < G->Own.Low || Addr >= G->Own.High)
      return;
    Id = G->Id;
    Name = G->Name;
    Found = true;
  });
  return Found;
}

} // namespace heddle::sched
