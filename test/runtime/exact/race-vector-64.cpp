// N5: a 64-byte vector load against a write of one of its elements.
// ThreadSanitizer 19: found in 0 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Row
#include "Unseen.h"

#include <thread>

typedef float Vec16 __attribute__((vector_size(64)));
alignas(64) static float Row[16];
static Unseen Order;

int main() {
  std::thread Writer([] {
    // CHECK-DAG: race-vector-64.cpp:[[@LINE+1]]:
    Row[13] = 1;
    Order.reach(1);
    Order.await(2);
  });
  std::thread Reader([] {
    Order.await(1);
    // CHECK-DAG: race-vector-64.cpp:[[@LINE+1]]:
    volatile Vec16 Seen = *reinterpret_cast<Vec16 *>(Row);
    (void)Seen;
    Order.reach(2);
  });
  Writer.join();
  Reader.join();
}
// CHECK: 1 data race
