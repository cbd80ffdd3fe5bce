// N5: a gather reads scattered elements, one of which another thread writes.
// ThreadSanitizer 19: found in 0 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Table
#include "Unseen.h"

#include <immintrin.h>
#include <thread>

static int Table[64];
static Unseen Order;

__attribute__((target("avx2"))) static int gatherEighth() {
  const __m256i Index = _mm256_setr_epi32(0, 8, 16, 24, 32, 40, 48, 56);
  // CHECK-DAG: race-gather.cpp:[[@LINE+1]]:
  return _mm256_extract_epi32(_mm256_i32gather_epi32(Table, Index, 4), 5);
}

int main() {
  std::thread Writer([] {
    // CHECK-DAG: race-gather.cpp:[[@LINE+1]]:
    Table[40] = 1;
    Order.reach(1);
    Order.await(2);
  });
  std::thread Reader([] {
    Order.await(1);
    volatile int Seen = gatherEighth();
    (void)Seen;
    Order.reach(2);
  });
  Writer.join();
  Reader.join();
}
// CHECK: 1 data race
