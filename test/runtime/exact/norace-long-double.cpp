// The mended half of N5: the bytes behind the ten of a long double belong to
// somebody else.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <thread>

union Slot {
  long double Balance; // bytes 0 to 9
  char Bytes[16];
};
static Slot Shared;

int main() {
  std::thread First([] { Shared.Balance = 1.0L; });
  std::thread Second([] {
    for (int I = 10; I < 16; ++I)
      const_cast<volatile char &>(Shared.Bytes[I]) = 7;
  });
  First.join();
  Second.join();
  return Shared.Balance == 1.0L && Shared.Bytes[12] == 7 ? 0 : 3;
}
