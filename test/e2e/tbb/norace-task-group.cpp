// oneTBB: a recursive task group; each level reads its children's results
// after it has waited for them.
// ThreadSanitizer 19: up to 11 false races, in 4 of 5 runs.
// REQUIRES: tbb
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t -ltbb
// RUN: %t
#include <tbb/global_control.h>
#include <tbb/task_group.h>

static long fibonacci(int N) {
  if (N < 2)
    return N;
  long Left = 0, Right = 0;
  tbb::task_group Group;
  Group.run([&] { Left = fibonacci(N - 1); });
  Group.run([&] { Right = fibonacci(N - 2); });
  Group.wait();
  return Left + Right;
}

int main() {
  tbb::global_control Four(tbb::global_control::max_allowed_parallelism, 4);
  return fibonacci(16) == 987 ? 0 : 3;
}
