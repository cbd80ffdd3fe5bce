// oneTBB: two halves of a parallel_for add to one plain counter.
// ThreadSanitizer 19: found in 5 of 5 runs.
// REQUIRES: tbb
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t -ltbb
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

static long Total;
static Unseen Order;

int main() {
  tbb::global_control Two(tbb::global_control::max_allowed_parallelism, 2);
  tbb::task_arena Arena(2);
  Arena.execute([] {
    tbb::parallel_for(
        0, 2,
        [](int I) {
          Order.reachNext();
          Order.await(2); // both halves run at the same time
          // CHECK-DAG: race-parallel-for.cpp:[[@LINE+1]]:
          Total += I;
        },
        tbb::simple_partitioner());
  });
}
// CHECK: 1 data race
