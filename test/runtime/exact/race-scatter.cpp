// N5: a scatter writes scattered elements, one of which another thread reads.
// ThreadSanitizer 19: found in 0 of 5 runs.
// REQUIRES: avx512
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Table
#include "Unseen.h"

#include <immintrin.h>
#include <thread>

static int Table[64];
static Unseen Order;

__attribute__((target("avx512f,avx512vl"))) static void scatterEighth() {
  const __m256i Index = _mm256_setr_epi32(0, 8, 16, 24, 32, 40, 48, 56);
  // CHECK-DAG: race-scatter.cpp:[[@LINE+1]]:
  _mm256_i32scatter_epi32(Table, Index, _mm256_set1_epi32(3), 4);
}

int main() {
  std::thread Writer([] {
    scatterEighth();
    Order.reach(1);
    Order.await(2);
  });
  std::thread Reader([] {
    Order.await(1);
    // CHECK-DAG: race-scatter.cpp:[[@LINE+1]]:
    volatile int Seen = Table[48];
    (void)Seen;
    Order.reach(2);
  });
  Writer.join();
  Reader.join();
}
// CHECK: 1 data race
