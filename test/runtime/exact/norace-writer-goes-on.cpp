// The mended half of N1: the reader starts after the writer was joined.
// ThreadSanitizer 19: silent in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <thread>
#include <vector>

static long Shared;
static std::vector<long> Own(2000000);

int main() {
  std::thread Writer([] {
    Shared = 1;
    for (long &Each : Own)
      Each = 2;
  });
  Writer.join();
  std::thread Reader([] {
    volatile long Seen = Shared;
    (void)Seen;
  });
  Reader.join();
}
