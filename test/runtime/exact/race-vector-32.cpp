// N5: a 32-byte vector store against a read of its last element.
// ThreadSanitizer 19: found in 0 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Row
#include "Unseen.h"

#include <thread>

typedef float Vec8 __attribute__((vector_size(32)));
alignas(32) static float Row[8];
static Unseen Order;

int main() {
  std::thread Writer([] {
    // CHECK-DAG: race-vector-32.cpp:[[@LINE+1]]:
    *reinterpret_cast<Vec8 *>(Row) = Vec8{1, 2, 3, 4, 5, 6, 7, 8};
    Order.reach(1);
    Order.await(2);
  });
  std::thread Reader([] {
    Order.await(1);
    // CHECK-DAG: race-vector-32.cpp:[[@LINE+1]]:
    volatile float Seen = Row[7];
    (void)Seen;
    Order.reach(2);
  });
  Writer.join();
  Reader.join();
}
// CHECK: 1 data race
