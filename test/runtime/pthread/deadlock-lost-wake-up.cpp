// N8: the signal comes before the wait, nobody signals again.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK-DAG: printed before
// CHECK-DAG: heddle: DEADLOCK  2 of 2 threads are blocked, and nothing can wake them
// CHECK-DAG: T1 "main"  join T2 {{.*}}T.join();
// CHECK-DAG: T2 {{ *}}condition C {{.*}}C.wait(Hold);

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

static std::mutex M;
static std::condition_variable C;

int main() {
  puts("printed before");
  C.notify_one();
  std::thread T([] {
    std::unique_lock<std::mutex> Hold(M);
    C.wait(Hold);
  });
  T.join();
}
