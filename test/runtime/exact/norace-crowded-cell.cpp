// The mended half of N4: eight threads write one byte each of one cell, and
// 24 others read after they were joined.
// ThreadSanitizer 19: silent in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <thread>
#include <vector>

alignas(8) static char Cell[8];

int main() {
  std::vector<std::thread> Writers, Readers;
  for (int I = 0; I < 8; ++I)
    Writers.emplace_back([I] { Cell[I] = static_cast<char>(I); });
  for (std::thread &T : Writers)
    T.join();
  for (int I = 0; I < 24; ++I)
    Readers.emplace_back([I] {
      volatile char Seen = Cell[I % 8];
      (void)Seen;
    });
  for (std::thread &T : Readers)
    T.join();
}
