// The mended half of N5: a 64-byte vector is read beside writes to its
// neighbours on both sides.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <thread>

typedef float Vec16 __attribute__((vector_size(64)));
alignas(64) static float Rows[48];

int main() {
  std::thread Writer([] { Rows[15] = Rows[32] = 1; });
  std::thread Reader([] {
    volatile Vec16 Seen = *reinterpret_cast<Vec16 *>(Rows + 16);
    (void)Seen;
  });
  Writer.join();
  Reader.join();
  return Rows[32] == 1 ? 0 : 3;
}
