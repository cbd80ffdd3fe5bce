// map-counters on std threads, mended: both threads hold the lock.
// Teaches: reading and writing a map need the same lock, in every thread.
// Static: none
// Run: none
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <thread>

std::map<std::string, int> Hits{{"home", 0}, {"about", 0}};
std::mutex Guard; // of Hits

int main() {
  std::thread Home([] {
    std::lock_guard Lock(Guard);
    Hits["home"] += 1;
  });
  std::thread Both([] {
    std::lock_guard Lock(Guard);
    Hits["home"] += Hits["about"];
  });
  Home.join();
  Both.join();
  std::printf("home %d\n", Hits["home"]);
}
