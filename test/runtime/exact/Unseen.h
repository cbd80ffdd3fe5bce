// Puts steps of threads in order in time, without a happens-before edge.
//
// The accesses are made by inline assembly, which no tool looks into: neither
// as accesses, nor as atomic operations that a fence could make use of. So
// whatever raced still races, in every run and in one known order.
#ifndef HEDDLE_TEST_EXACT_UNSEEN_H
#define HEDDLE_TEST_EXACT_UNSEEN_H

#include <atomic>
#include <sched.h>
#ifdef UNSEEN_BY_VALGRIND // tools/score-peers, for those that look into assembly
#include <valgrind/drd.h>
#include <valgrind/helgrind.h>
#endif

class Unseen {
public:
#ifdef UNSEEN_BY_VALGRIND
  Unseen() {
    VALGRIND_HG_DISABLE_CHECKING(this, sizeof(*this));
    DRD_IGNORE_VAR(Reached);
  }
#endif
  // Blocks: until Step has been reached.
  void await(int Step) const {
    while (!hasReached(Step))
      sched_yield();
  }
  bool hasReached(int Step) const { return reached() >= Step; }
  void reach(int Step) {
    asm volatile("movl %1, %0" : "=m"(Reached) : "r"(Step) : "memory");
  }
  void reachNext() { asm volatile("lock incl %0" : "+m"(Reached)::"memory"); }
  int reached() const {
    int Value;
    asm volatile("movl %1, %0" : "=r"(Value) : "m"(Reached) : "memory");
    return Value;
  }

private:
  int Reached = 0;
};

#endif
