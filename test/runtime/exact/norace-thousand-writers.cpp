// The mended half of N9: the reader starts after all 1,000 were joined.
// ThreadSanitizer 19: silent in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <thread>
#include <vector>

constexpr int kWriters = 1000;
static long Slots[kWriters];

int main() {
  std::vector<std::thread> Writers;
  for (int I = 0; I < kWriters; ++I)
    Writers.emplace_back([I] { Slots[I] = I + 1; });
  for (std::thread &T : Writers)
    T.join();
  std::thread Reader([] {
    volatile long Sum = 0;
    for (long Slot : Slots)
      Sum = Sum + Slot;
  });
  Reader.join();
}
