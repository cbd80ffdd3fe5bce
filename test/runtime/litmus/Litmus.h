// Runs the threads of a litmus test one after the other in time, without an
// edge between them.
#ifndef HEDDLE_TEST_LITMUS_LITMUS_H
#define HEDDLE_TEST_LITMUS_LITMUS_H

#include "../exact/Unseen.h"

#include <atomic>
#include <thread>

// Each thread begins when the one before it has done its part, so that a read
// sees the stores of earlier threads, and all live until the last one is done.
template <class... F> void runInOrder(F... Parts) {
  static Unseen Order;
  constexpr int kThreads = sizeof...(F);
  int Started = 0;
  std::thread Threads[] = {std::thread([Parts, Turn = Started++] {
    Order.await(Turn);
    Parts();
    Order.reach(Turn + 1);
    Order.await(kThreads);
  })...};
  for (std::thread &T : Threads)
    T.join();
}

#endif
