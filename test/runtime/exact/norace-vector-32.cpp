// The mended half of N5: two threads write neighbouring 32-byte vectors, and
// main reads both after it joined them.
// ThreadSanitizer 19: silent in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <thread>

typedef float Vec8 __attribute__((vector_size(32)));
alignas(32) static float Rows[16];

int main() {
  auto Fill = [](int Row) {
    *reinterpret_cast<Vec8 *>(Rows + 8 * Row) = Vec8{} + float(Row);
  };
  std::thread First(Fill, 0), Second(Fill, 1);
  First.join();
  Second.join();
  Vec8 Sum =
      *reinterpret_cast<Vec8 *>(Rows) + *reinterpret_cast<Vec8 *>(Rows + 8);
  return Sum[0] == 1 ? 0 : 3;
}
