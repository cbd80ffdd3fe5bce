// Puts steps of threads in order in time, without a happens-before edge.
//
// Relaxed atomic operations order nothing in the C++ memory model, so whatever
// raced still races, in every run and in one known order.
#ifndef HEDDLE_TEST_EXACT_UNSEEN_H
#define HEDDLE_TEST_EXACT_UNSEEN_H

#include <atomic>
#include <sched.h>

class Unseen {
public:
  // Blocks: until Step has been reached.
  void await(int Step) const {
    while (!hasReached(Step))
      sched_yield();
  }
  bool hasReached(int Step) const {
    return Reached.load(std::memory_order_relaxed) >= Step;
  }
  void reach(int Step) { Reached.store(Step, std::memory_order_relaxed); }
  void reachNext() { Reached.fetch_add(1, std::memory_order_relaxed); }

private:
  std::atomic<int> Reached{0};
};

#endif
