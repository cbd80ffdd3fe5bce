// Threads that run one goroutine each: blocking calls and lockOsThread.
//
// A goroutine in a blocking call, or locked to its thread, moves to a solo
// worker: its Home until it moves back. Its former worker goes on with the
// others that are bound to it. Only the functions that the compiler cannot see
// through (Run of runBlocking) run elsewhere: what the caller knows of
// thread-local variables is true again when the call returns.
//
// Invariants:
// - A solo worker's Incoming holds at most the one goroutine it is Home of.
// - Worker objects live as long as the scheduler: who has made the goroutine
//   ready may still call wake() when it has moved on. A wake-up too many is
//   harmless.
// - SolosAwake counts those that are not asleep; whoever pushes to Incoming
//   wakes, and so counts, before it can go idle itself.
//
// Under a controlled policy nothing else runs while a goroutine is in a
// blocking call, so that the run repeats; but only for kPatience, because the
// call may wait for another goroutine. There, and for main, lockOsThread only
// counts: main stays on the thread that called go::main.
#include "sched/Scheduler.h"

#include "platform/Futex.h"

namespace heddle::sched {
namespace {

constexpr size_t kMostFree = 64; // threads kept for the next call
constexpr int kPatience = 100;   // ms

void arriveAtHome(void *P) {
  auto *G = static_cast<Goroutine *>(P);
  G->Owner->submitWoken(G);
}

void leaveSolo(void *P) {
  auto *G = static_cast<Goroutine *>(P);
  Scheduler *S = G->Owner;
  bool WasBlocking = G->InBlocking;
  G->InBlocking = false;
  S->submitWoken(G); // and may run, and end, from here on
  if (WasBlocking)
    S->InBlocking.fetch_sub(1, std::memory_order_seq_cst);
  S->releaseSolo(currentWorker());
}

class BlockingCall {
public:
  BlockingCall(Worker *W, Goroutine *G) : G(G) {
    G->Owner->InBlocking.fetch_add(1, std::memory_order_seq_cst);
    G->InBlocking = true;
    G->Owner->moveToSolo(W, G);
  }
  ~BlockingCall() {
    if (!G->ThreadLocks) {
      G->Owner->moveHome(currentWorker(), G);
      return;
    }
    G->InBlocking = false;
    G->Owner->InBlocking.fetch_sub(1, std::memory_order_seq_cst);
  }
  BlockingCall(const BlockingCall &) = delete;
  BlockingCall &operator=(const BlockingCall &) = delete;

private:
  Goroutine *G;
};

} // namespace

void runBlocking(void (*Run)(void *), void *Arg) {
  schedulePoint();
  Worker *W = currentWorker();
  Goroutine *G = W ? W->Current : nullptr;
  if (!G || W->Solo || G->ThreadLocks)
    return Run(Arg);
  BlockingCall Call(W, G);
  Run(Arg);
}

void lockThread() {
  schedulePoint();
  Worker *W = currentWorker();
  Goroutine *G = W ? W->Current : nullptr;
  if (!G || G->ThreadLocks++ || W->Solo || G->Main || G->Owner->controlled())
    return;
  G->Owner->moveToSolo(W, G);
}

void unlockThread() {
  Worker *W = currentWorker();
  Goroutine *G = W ? W->Current : nullptr;
  if (!G || !G->ThreadLocks || --G->ThreadLocks || !W->Solo || G->InBlocking)
    return;
  G->Owner->moveHome(W, G);
}

void Scheduler::moveToSolo(Worker *W, Goroutine *G) {
  G->Former = G->Home;
  G->Home = takeSolo();
  W->Post = &arriveAtHome;
  W->PostArg = G;
  leave(W, G);
}

void Scheduler::moveHome(Worker *W, Goroutine *G) {
  G->Home = G->Former;
  W->Post = &leaveSolo;
  W->PostArg = G;
  leave(W, G);
}

Worker *Scheduler::takeSolo() {
  Unseen Quiet; // see pushRunnable
  Worker *W = nullptr;
  {
    SpinLockHolder Hold(SoloLock);
    if (!FreeSolos.empty()) {
      W = FreeSolos.back(); // whoever pushes to it wakes it
      FreeSolos.pop_back();
      return W;
    }
    if (!ThreadlessSolos.empty()) {
      W = ThreadlessSolos.back();
      ThreadlessSolos.pop_back();
    } else {
      W = Solos.emplace_back(new Worker);
      W->Owner = this;
      W->Solo = true;
    }
  }
  W->Retires = false;
  {
    SpinLockHolder Hold(IdleLock);
    W->Sleep.store(Worker::kAwake, std::memory_order_relaxed);
    SolosAwake.fetch_add(1, std::memory_order_seq_cst);
  }
  startSolo(W);
  return W;
}

void Scheduler::releaseSolo(Worker *W) {
  Unseen Quiet;
  SpinLockHolder Hold(SoloLock);
  if (FreeSolos.size() < kMostFree)
    FreeSolos.push_back(W);
  else
    W->Retires = true;
}

void Scheduler::runSolo(Worker *W) {
  while (!Stopping.load(std::memory_order_acquire) && !W->Retires) {
    if (Goroutine *G = W->popOwn()) {
      switchTo(W, nullptr, G);
      arrived();
    } else {
      idleSolo(W);
    }
  }
  {
    SpinLockHolder Hold(IdleLock);
    W->Sleep.store(Worker::kGone, std::memory_order_relaxed);
    SolosAwake.fetch_sub(1, std::memory_order_seq_cst);
  }
  checkAsleep();
  Unseen Quiet; // see pushRunnable
  SpinLockHolder Hold(SoloLock);
  if (W->Retires)
    ThreadlessSolos.push_back(W);
}

void Scheduler::idleSolo(Worker *W) {
  {
    SpinLockHolder Hold(IdleLock);
    W->Sleep.store(Worker::kAsleep, std::memory_order_seq_cst);
    SolosAwake.fetch_sub(1, std::memory_order_seq_cst);
  }
  if (!W->Incoming.empty() || Stopping.load(std::memory_order_seq_cst))
    return wake(W); // itself
  checkAsleep();
  while (W->Sleep.load(std::memory_order_acquire) == Worker::kAsleep)
    futexWait(W->Sleep, Worker::kAsleep);
}

void Scheduler::wakeSolos() {
  SpinLockHolder Hold(SoloLock);
  for (Worker *W : Solos)
    wake(W);
}

void Scheduler::awaitBlocking(Worker *W) {
  if (!InBlocking.load(std::memory_order_seq_cst)) {
    BlockingPatience = kPatience;
    return;
  }
  for (; BlockingPatience > 0 && InBlocking.load(std::memory_order_seq_cst) &&
         W->Incoming.empty() && !Stopping.load(std::memory_order_relaxed);
       --BlockingPatience)
    idle(W, 1'000'000);
}

} // namespace heddle::sched
