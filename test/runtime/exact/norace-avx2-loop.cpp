// The mended half of N5: two threads run the vectorised loop over halves of
// their own, one element apart from the vector width.
// ThreadSanitizer 19: silent in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O2 -mavx2 %s -o %t
// RUN: %t
#include <thread>

constexpr int kLength = (1 << 12) + 3;
static int Values[2 * kLength];

__attribute__((noinline)) static void fill(int *To, int Value) {
  for (int I = 0; I < kLength; ++I)
    To[I] = Value * 3 + I;
}

int main() {
  std::thread First(fill, Values, 1);
  std::thread Second(fill, Values + kLength, 2);
  First.join();
  Second.join();
  return Values[kLength] == 6 ? 0 : 3;
}
