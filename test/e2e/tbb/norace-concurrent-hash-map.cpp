// oneTBB: four threads count words under accessors while the map grows.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// REQUIRES: tbb
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t -ltbb
// RUN: %t
#include <tbb/concurrent_hash_map.h>

#include <string>
#include <thread>
#include <vector>

using Table = tbb::concurrent_hash_map<std::string, int>;

int main() {
  Table Hits;
  std::vector<std::thread> Counters;
  for (int T = 0; T < 4; ++T)
    Counters.emplace_back([&] {
      for (int I = 0; I < 2000; ++I) {
        Table::accessor Entry;
        Hits.insert(Entry, "page " + std::to_string(I % 200));
        ++Entry->second;
      }
    });
  for (std::thread &Counter : Counters)
    Counter.join();
  for (const auto &[Page, Count] : Hits)
    if (Count != 40)
      return 3;
}
