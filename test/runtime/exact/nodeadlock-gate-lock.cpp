// P2: the orders AB and BA, both under a gate lock, so that they never meet.
// ThreadSanitizer 19: reports a lock-order inversion in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <mutex>
#include <thread>

static std::mutex Gate, A, B;
static int Count;

static void lockBoth(std::mutex &First, std::mutex &Second) {
  std::lock_guard HoldGate(Gate);
  std::lock_guard HoldFirst(First);
  std::lock_guard HoldSecond(Second);
  ++Count;
}

int main() {
  std::thread One([] { lockBoth(A, B); });
  std::thread Two([] { lockBoth(B, A); });
  One.join();
  Two.join();
  return Count == 2 ? 0 : 3;
}
