// moby_27037, broken: The threads read the loop's variable while the loop
// counts it up. (GoBench, CGO 2021: a bug of Docker.)
// Static: loop-capture
// Run: data-race
#include <cstdio>
#include <thread>
#include <vector>

int main() {
  std::vector<std::thread> Threads;
  int I;
  for (I = 17; I <= 21; ++I) { // defect
    Threads.emplace_back([&] {
      char Text[16];
      std::snprintf(Text, sizeof Text, "v1.%d", I); // defect
    });
  }
  for (std::thread &T : Threads)
    T.join();
}
