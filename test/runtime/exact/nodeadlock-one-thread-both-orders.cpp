// P2: one thread takes AB and later BA; it cannot wait for itself.
// ThreadSanitizer 19: reports a lock-order inversion in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <mutex>
#include <thread>

static std::mutex A, B;

int main() {
  std::thread Only([] {
    {
      std::lock_guard HoldA(A);
      std::lock_guard HoldB(B);
    }
    std::lock_guard HoldB(B);
    std::lock_guard HoldA(A);
  });
  Only.join();
}
