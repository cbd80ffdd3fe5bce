// oneTBB: main reads the answer before it has waited for the task group.
// ThreadSanitizer 19: found in 7 of 10 runs.
// REQUIRES: tbb
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t -ltbb
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <tbb/global_control.h>
#include <tbb/task_group.h>

static int Answer;
static Unseen Order;

int main() {
  tbb::global_control Two(tbb::global_control::max_allowed_parallelism, 2);
  tbb::task_group Group;
  Group.run([] {
    // CHECK-DAG: race-task-group.cpp:[[@LINE+1]]:
    Answer = 42;
    Order.reach(1);
  });
  Order.await(1);
  // CHECK-DAG: race-task-group.cpp:[[@LINE+1]]:
  int Early = Answer;
  Group.wait();
  return Early == 42 ? 0 : 3;
}
// CHECK: 1 data race
