// N5: a masked vector store; one of the elements it does write is read by
// another thread.
// ThreadSanitizer 19: found in 0 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Row
#include "Unseen.h"

#include <immintrin.h>
#include <thread>

alignas(32) static int Row[8];
static Unseen Order;

__attribute__((target("avx2"))) static void storeOdd() {
  const __m256i Odd = _mm256_setr_epi32(0, -1, 0, -1, 0, -1, 0, -1);
  // CHECK-DAG: race-masked-store.cpp:[[@LINE+1]]:
  _mm256_maskstore_epi32(Row, Odd, _mm256_set1_epi32(5));
}

int main() {
  std::thread Writer([] {
    storeOdd();
    Order.reach(1);
    Order.await(2);
  });
  std::thread Reader([] {
    Order.await(1);
    // CHECK-DAG: race-masked-store.cpp:[[@LINE+1]]:
    volatile int Seen = Row[3];
    (void)Seen;
    Order.reach(2);
  });
  Writer.join();
  Reader.join();
}
// CHECK: 1 data race
