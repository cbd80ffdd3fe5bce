// N8: two std::mutex, locked in both orders.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DEADLOCK  2 of 3 threads wait for each other{{.*}}id {{[0-9a-f-]+}}
// CHECK-DAG: T2 {{ *}}lock B {{.*}}deadlock-ab-ba.cpp:{{[0-9]+}}:{{.*}}Second(B){{.*}}held by T3 since {{.*}}deadlock-ab-ba.cpp:
// CHECK-DAG: T3 {{ *}}lock A {{.*}}deadlock-ab-ba.cpp:{{[0-9]+}}:{{.*}}Second(A){{.*}}held by T2 since {{.*}}deadlock-ab-ba.cpp:
// CHECK: Cycle: T
// CHECK: heddle: 1 problem: 1 deadlock {{.*}}exit 66

#include "../exact/Unseen.h"
#include <mutex>
#include <thread>

static std::mutex A, B;
static Unseen Time;

static void forwards() {
  std::lock_guard<std::mutex> First(A);
  Time.reachNext();
  Time.await(2);
  std::lock_guard<std::mutex> Second(B);
}

static void backwards() {
  std::lock_guard<std::mutex> First(B);
  Time.reachNext();
  Time.await(2);
  std::lock_guard<std::mutex> Second(A);
}

int main() {
  std::thread T(forwards), U(backwards);
  T.join();
  U.join();
}
