// Cases that run on goroutines; see Case.h.
#ifndef HEDDLE_TEST_RACE_GOCASE_H
#define HEDDLE_TEST_RACE_GOCASE_H

#include "Case.h"
#include <go/go.h>

// Waits until Step has been reached and lets other goroutines run. No edge.
inline void await(const Unseen &Time, int Step) {
  while (!Time.hasReached(Step))
    go::yield();
}

// Runs First on a goroutine, and after it in time, but ordered by nothing,
// Second here. Returns when both are done.
template <class F, class G> void inOrder(F First, G Second) {
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    First();
    Time.reach(1);
  });
  await(Time, 1);
  Second();
  Wg.wait();
}

int main(int, char **Args) {
  return go::main([&] { Case::run(Args[1]); });
}

#endif
