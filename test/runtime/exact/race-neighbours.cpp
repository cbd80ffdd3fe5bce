// One check stands for the members that are set on a line; another thread
// reads one of them. The report names that line, and the one after it for what
// is set there.
// ThreadSanitizer 19: finds both.
// RUN: %heddle-cxx -std=c++20 -O2 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
#include "Unseen.h"

#include <thread>

struct Point {
  long X, Y, Z, W;
};
static Point *Shared = new Point;
static Unseen Order;

[[gnu::noinline]] static void set(Point *P, long X) {
  // clang-format off
  P->X = X; P->Y = 2; P->Z = X + X;
  P->W = X * X;
  // clang-format on
}

int main() {
  std::thread Writer([] {
    set(Shared, 3);
    Order.reach(1);
  });
  Order.await(1);
  // CHECK: DATA RACE
  // CHECK-DAG: race-neighbours.cpp:[[@LINE-12]] 
  // CHECK-DAG: race-neighbours.cpp:[[@LINE+1]]:
  long Z = Shared->Z;
  // CHECK: DATA RACE
  // CHECK-DAG: race-neighbours.cpp:[[@LINE-15]]:
  // CHECK-DAG: race-neighbours.cpp:[[@LINE+1]]:
  long W = Shared->W;
  Writer.join();
  return Z == 6 && W == 9 ? 0 : 3;
}
// CHECK: 2 data races
