// P2: one thread takes AB and is joined before another takes BA.
// ThreadSanitizer 19: reports a lock-order inversion in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <mutex>
#include <thread>

static std::mutex A, B;

static void lockBoth(std::mutex &First, std::mutex &Second) {
  std::lock_guard HoldFirst(First);
  std::lock_guard HoldSecond(Second);
}

int main() {
  std::thread([] { lockBoth(A, B); }).join();
  std::thread([] { lockBoth(B, A); }).join();
}
