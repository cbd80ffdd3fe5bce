// Comparisons that qsort and bsearch call: the frames of libc lie between site
// and user.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

#include <cstdlib>

static volatile int Compared;

static int compare(const void *A, const void *B) {
  // CHECK-DAG: race-library-callback.cpp:[[@LINE+1]]:
  Compared = Compared + 1;
  return *static_cast<const int *>(A) - *static_cast<const int *>(B);
}
__attribute__((noinline)) static void sort() {
  int Own[] = {3, 1, 2};
  // CHECK-DAG: race-library-callback.cpp:[[@LINE+1]]:{{[0-9]+}} sort
  std::qsort(Own, 3, sizeof(int), compare);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void search() {
  int Own[] = {1, 2, 3}, Key = 2;
  // CHECK-DAG: race-library-callback.cpp:[[@LINE+1]]:{{[0-9]+}} search
  (void)!std::bsearch(&Key, Own, 3, sizeof(int), compare);
  BothOrder.hasReached(0);
}

int main() { runBoth(sort, search); }
// CHECK: 1 data race
