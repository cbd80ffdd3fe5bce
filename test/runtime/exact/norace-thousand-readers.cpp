// The mended half of N9: 1,000 threads read one variable, and main writes it
// after it joined all.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <thread>
#include <vector>

static long Shared = 1;

int main() {
  std::vector<std::thread> Readers;
  for (int I = 0; I < 1000; ++I)
    Readers.emplace_back([] {
      volatile long Seen = Shared;
      (void)Seen;
    });
  for (std::thread &T : Readers)
    T.join();
  Shared = 2;
}
