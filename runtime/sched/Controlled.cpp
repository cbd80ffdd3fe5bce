// Scheduling points and choices: what a policy that controls the run decides,
// and when its virtual clock moves.
#include "sched/Poller.h"
#include "sched/Scheduler.h"

#include <ctime>

namespace heddle::sched {

namespace {

std::string *LastPolicy = nullptr; // outlives the scheduler, for the end

void requeue(void *P) {
  auto *G = static_cast<Goroutine *>(P);
  G->Owner->submitYielded(currentWorker(), G);
}

} // namespace

void yield() {
  Worker *W = currentWorker();
  if (!W || !W->Current) {
    timespec Moment{0, 1000};
    nanosleep(&Moment, nullptr);
    return;
  }
  Goroutine *G = W->Current;
  W->Post = &requeue;
  W->PostArg = G;
  ++W->Tick;
  if (!W->Solo)
    W->Owner->yielded(G);
  W->Owner->leave(W, G);
}

void schedulePointSlow() {
  Worker *W = currentWorker();
  if (!W || !W->Current || firingTimer())
    return;
  W->Owner->point(W, W->Current);
}

void Scheduler::point(Worker *W, Goroutine *G) {
  if (Stopping.load(std::memory_order_relaxed)) {
    if (G->Main)
      return;
    WaitInfo Frozen;
    parkForever(Frozen);
  }
  if (!controlled() || W->Solo)
    return;
  passTime();
  if (Runnable.empty() && W->Incoming.looksEmpty() &&
      AllTimers.nextDue() > now())
    return;
  W->Post = &requeue;
  W->PostArg = G;
  leave(W, G);
}

uint32_t Scheduler::choose(uint32_t Count) {
  if (!Policy)
    return freeRandom(Count);
  Unseen Quiet; // see pushRunnable
  return Count == 1 ? 0 : Policy->choose(Count);
}

const char *controllingPolicy() {
  return LastPolicy ? LastPolicy->c_str() : "";
}

void Scheduler::rememberPolicy() {
  if (!LastPolicy)
    LastPolicy = new std::string;
  *LastPolicy = controlled() ? policyText(Given) : "";
}

uint32_t choose(uint32_t Count) {
  // A choice on another thread is not part of a controlled run.
  Worker *W = currentWorker();
  return W && !W->Solo ? W->Owner->choose(Count) : freeRandom(Count);
}

// A step takes a moment, so that loops that watch the clock end.
void Scheduler::passTime() {
  VirtualNow.fetch_add(1000, std::memory_order_relaxed);
}

Goroutine *Scheduler::findControlled(Worker *W) {
  while (!Stopping.load(std::memory_order_acquire)) {
    awaitBlocking(W);
    if (!W->Incoming.looksEmpty()) {
      LocalQueue Arrived;
      W->Incoming.drain(Arrived);
      while (Goroutine *G = Arrived.pop())
        pushRunnable(G);
    }
    passTime();
    pollAllTimers();
    if (!Runnable.empty())
      return pickRunnable();
    int64_t Due = AllTimers.nextDue();
    if (Due != kNever) {
      int64_t Left = Due - VirtualNow.load(std::memory_order_relaxed);
      if (Left > 0 && pollWaiters())
        idle(W, Left); // real time: a descriptor may become ready first
      if (!W->Incoming.looksEmpty())
        continue;
      if (Due > VirtualNow.load(std::memory_order_relaxed))
        VirtualNow.store(Due, std::memory_order_relaxed);
      continue;
    }
    idle(W);
  }
  return nullptr;
}

} // namespace heddle::sched
