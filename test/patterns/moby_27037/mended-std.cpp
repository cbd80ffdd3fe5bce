// moby_27037, mended: Each thread gets its number by value. (GoBench, CGO 2021:
// a bug of Docker.)
#include <cstdio>
#include <thread>
#include <vector>

int main() {
  std::vector<std::thread> Threads;
  int I;
  for (I = 17; I <= 21; ++I) {
    Threads.emplace_back([I] {
      char Text[16];
      std::snprintf(Text, sizeof Text, "v1.%d", I);
    });
  }
  for (std::thread &T : Threads)
    T.join();
}
