// Who holds a lock since where: the user's line, for locks of go:: too.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=halt=1 %exits 66 %t | FileCheck %s
// CHECK: heddle: DEADLOCK  2 of {{[0-9]+}} threads wait for each other
// CHECK-DAG: held by T2 since {{.*}}deadlock-held-since.cpp:[[#@LINE+12]]:
// CHECK-DAG: held by T1 "main" since {{.*}}deadlock-held-since.cpp:[[#@LINE+19]]:
#include "../exact/Unseen.h"
#include <go/go.h>
#include <mutex>
#include <thread>

static go::Mutex A;
static std::mutex B;
static Unseen Time;

static void other() {
  A.lock();
  Time.reachNext();
  Time.await(2);
  B.lock();
}

int main() {
  std::thread T(other);
  B.lock();
  Time.reachNext();
  Time.await(2);
  A.lock();
}
