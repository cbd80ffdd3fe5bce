// oneTBB: a reference into a concurrent_hash_map outlives its accessor, which
// was the lock on the element.
// ThreadSanitizer 19: found in 5 of 5 runs.
// REQUIRES: tbb
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t -ltbb
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <tbb/concurrent_hash_map.h>

#include <string>
#include <thread>

using Table = tbb::concurrent_hash_map<std::string, int>;
static Table Hits;
static Unseen Order;

int main() {
  Hits.insert({"page", 1});
  std::thread Keeper([] {
    int *Kept;
    {
      Table::accessor Entry;
      Hits.find(Entry, "page");
      Kept = &Entry->second;
    }
    // CHECK-DAG: race-concurrent-hash-map.cpp:[[@LINE+1]]:
    *Kept += 1;
    Order.reach(1);
  });
  std::thread Counter([] {
    Order.await(1);
    Table::accessor Entry;
    Hits.find(Entry, "page");
    // CHECK-DAG: race-concurrent-hash-map.cpp:[[@LINE+1]]:
    Entry->second += 1;
  });
  Keeper.join();
  Counter.join();
}
// CHECK: 1 data race
