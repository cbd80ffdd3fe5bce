// The queues of goroutines that may run.
#ifndef HEDDLE_SCHED_QUEUE_H
#define HEDDLE_SCHED_QUEUE_H

#include "base/SpinLock.h"
#include "sched/Goroutine.h"

namespace heddle::sched {

// First in, first out, through Goroutine::Next. Thread safety: none.
class LocalQueue {
public:
  bool empty() const { return !Head; }
  void push(Goroutine *G) {
    G->Next = nullptr;
    (Head ? Tail->Next : Head) = G;
    Tail = G;
  }
  Goroutine *pop() {
    Goroutine *G = Head;
    if (G)
      Head = G->Next;
    return G;
  }

private:
  Goroutine *Head = nullptr;
  Goroutine *Tail = nullptr;
};

// A bounded queue: its owner pushes, anybody pops or steals half.
//
// Reference: runqput, runqget and runqgrab of Go's runtime (proc.go).
// Ordering: the owner publishes a slot by a release store of Tail, which pairs
// with the acquire load of Tail by a thief. A consumer takes slots by a
// release CAS of Head, which pairs with the owner's acquire load of Head: the
// owner reuses a slot only after the consumer has read it.
class Ring {
public:
  static constexpr uint32_t kSize = 256;

  bool empty() const {
    // seq_cst: the last look before sleeping, see Scheduler::idle.
    return Head.load(std::memory_order_seq_cst) ==
           Tail.load(std::memory_order_seq_cst);
  }

  // Owner only. False if full.
  bool push(Goroutine *G) {
    uint32_t H = Head.load(std::memory_order_acquire);
    uint32_t T = Tail.load(std::memory_order_relaxed);
    if (T - H >= kSize)
      return false;
    Slots[T % kSize].store(G, std::memory_order_relaxed);
    Tail.store(T + 1, std::memory_order_release);
    return true;
  }

  Goroutine *pop() {
    Goroutine *G;
    return take(&G, 1) ? G : nullptr;
  }

  // If exactly one waits: where in the order of all pushes it came; else -1.
  int64_t lone() const {
    uint32_t H = Head.load(std::memory_order_acquire);
    return Tail.load(std::memory_order_acquire) - H == 1 ? int64_t(H) : -1;
  }

  // Takes up to half of what is there, at most Max and at least one if there is
  // any; returns how many.
  uint32_t stealHalf(Goroutine **Out, uint32_t Max) {
    for (;;) {
      uint32_t H = Head.load(std::memory_order_acquire);
      uint32_t T = Tail.load(std::memory_order_acquire);
      uint32_t N = T - H;
      if (N > kSize) // Head moved on between the two loads
        continue;
      N -= N / 2;
      if (N > Max)
        N = Max;
      if (uint32_t Taken = N ? takeAt(H, Out, N) : 0; Taken || !N)
        return Taken;
    }
  }

private:
  uint32_t take(Goroutine **Out, uint32_t N) {
    for (;;) {
      uint32_t H = Head.load(std::memory_order_acquire);
      if (H == Tail.load(std::memory_order_acquire))
        return 0;
      if (takeAt(H, Out, N))
        return N;
    }
  }
  uint32_t takeAt(uint32_t H, Goroutine **Out, uint32_t N) {
    for (uint32_t I = 0; I < N; ++I)
      Out[I] = Slots[(H + I) % kSize].load(std::memory_order_relaxed);
    return Head.compare_exchange_strong(H, H + N, std::memory_order_acq_rel)
               ? N
               : 0;
  }

  std::atomic<uint32_t> Head{0};
  std::atomic<uint32_t> Tail{0};
  std::atomic<Goroutine *> Slots[kSize] = {};
};

// Where any thread leaves goroutines for one worker.
//
// Ordering: push is a seq_cst exchange-like CAS and empty a seq_cst load: they
// stand against the store of Worker::Sleep and its load in Scheduler::wake, so
// that either the sleeper sees the goroutine or the pusher sees the sleeper.
class Inbox {
public:
  bool empty() const { return !Top.load(std::memory_order_seq_cst); }
  bool looksEmpty() const { return !Top.load(std::memory_order_relaxed); }
  void push(Goroutine *G) {
    G->Next = Top.load(std::memory_order_relaxed);
    while (!Top.compare_exchange_weak(G->Next, G, std::memory_order_seq_cst))
      ;
  }
  // Owner only: appends all to To, oldest first.
  void drain(LocalQueue &To) {
    Goroutine *G = Top.exchange(nullptr, std::memory_order_acquire);
    Goroutine *Oldest = nullptr;
    while (G) {
      Goroutine *Later = G->Next;
      G->Next = Oldest;
      Oldest = G;
      G = Later;
    }
    while (Oldest) {
      Goroutine *Next = Oldest->Next;
      To.push(Oldest);
      Oldest = Next;
    }
  }

private:
  std::atomic<Goroutine *> Top{nullptr};
};

// The overflow of all workers and what plain threads spawn.
class GlobalQueue {
public:
  bool empty() const { return !Size.load(std::memory_order_seq_cst); }
  void push(Goroutine *G) {
    SpinLockHolder Hold(Lock);
    Queue.push(G);
    Size.fetch_add(1, std::memory_order_seq_cst);
  }
  Goroutine *pop() {
    if (empty())
      return nullptr;
    SpinLockHolder Hold(Lock);
    Goroutine *G = Queue.pop();
    if (G)
      Size.fetch_sub(1, std::memory_order_relaxed);
    return G;
  }

private:
  SpinLock Lock;
  LocalQueue Queue HEDDLE_GUARDED_BY(Lock);
  std::atomic<uint32_t> Size{0};
};

} // namespace heddle::sched
#endif
