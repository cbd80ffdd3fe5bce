// A flag of one's own publishes nothing, a once beside it or not.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race

#include "../exact/Unseen.h"
#include <mutex>
#include <thread>

static std::once_flag Flag;
int Shared;
static Unseen Time;

int main() {
  std::thread T([] {
    std::call_once(Flag, [] {});
    Shared = 7;
    Time.reach(1);
  });
  Time.await(1);
  std::call_once(Flag, [] {});
  int Seen = Shared;
  T.join();
  return Seen > 100;
}
