// map-counters on std threads, broken: two threads fill one map.
// Teaches: reading and writing a map need the same lock, in every thread.
// Static: map-unguarded
// Run: data-race
#include <cstdio>
#include <map>
#include <string>
#include <thread>

std::map<std::string, int> Hits{{"home", 0}, {"about", 0}};

int main() {
  std::thread Home([] { Hits["home"] += 1; });
  std::thread Both([] { Hits["home"] += Hits["about"]; });
  Home.join();
  Both.join();
  std::printf("home %d\n", Hits["home"]);
}
