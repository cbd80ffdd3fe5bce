// A joined thread waits for the lock of the one that joins it.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DEADLOCK  2 of 2 threads wait for each other
// CHECK-DAG: T1 "main"  join T2
// CHECK-DAG: T2 {{ *}}lock M {{.*}}held by T1 "main"

#include <mutex>
#include <thread>

static std::mutex M;

int main() {
  std::lock_guard<std::mutex> Hold(M);
  std::thread T([] { std::lock_guard<std::mutex> Inner(M); });
  T.join();
}
