// Cases that run on plain threads; see Case.h.
#ifndef HEDDLE_TEST_RACE_THREADCASE_H
#define HEDDLE_TEST_RACE_THREADCASE_H

#include "Case.h"
#include <thread>

// Runs First on a thread, and after it in time, but ordered by nothing, Second
// here. Returns when both are done.
template <class F, class G> void inOrder(F First, G Second) {
  Unseen Time;
  std::thread Other([&] {
    First();
    Time.reach(1);
  });
  Time.await(1);
  Second();
  Other.join();
}

int main(int, char **Args) {
  Case::run(Args[1]);
  return 0;
}

#endif
