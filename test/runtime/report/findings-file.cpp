// The findings file is JSON that tells what the report told.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: rm -rf %t.dir && env HEDDLE=out=%t.dir/deep %exits 66 %t
// RUN: %python %S/Inputs/check-findings.py %t.dir/deep | FileCheck %s
// CHECK: exit 66
// CHECK: data-race global Hits write:worker \"q\":'findings-file.cpp' write:main:'findings-file.cpp'
// RUN: rm -rf %t.dir && env HEDDLE=out=%t.dir %exits 0 %t clean
// RUN: %python %S/Inputs/check-findings.py %t.dir | FileCheck %s --check-prefix=CLEAN
// CLEAN: exit 0
// CLEAN-NOT: {{.}}
#include "../exact/Unseen.h"
#include <thread>
#include <pthread.h>

int Hits;
static Unseen Time;

int main(int Count, char **) {
  std::thread T([=] {
    pthread_setname_np(pthread_self(), "worker \"q\"");
    if (Count == 1)
      Hits = 1;
    Time.reach(1);
  });
  Time.await(1);
  if (Count == 1)
    Hits = 2;
  T.join();
}
