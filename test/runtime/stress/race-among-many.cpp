// Two threads race while 10,000 others have lived and 1,000 of them live on.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t %scale 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Racy
#include "Scale.h"

#include <mutex>
#include <thread>
#include <vector>

static long Racy, Counter;
static std::mutex Guard;
static Unseen Order, Finish;

static void count() {
  std::lock_guard Hold(Guard);
  ++Counter;
}

int main(int, char **Arguments) {
  std::thread First([] {
    // CHECK-DAG: race-among-many.cpp:[[@LINE+1]]:
    Racy = 1;
    Order.reach(1);
    Finish.await(1);
  });
  Order.await(1);
  std::vector<std::thread> Live;
  for (int I = 0; I < scaled(Arguments, 1000); ++I)
    Live.emplace_back([] {
      count();
      while (!Finish.hasReached(1))
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    });
  for (int I = 0; I < scaled(Arguments, 10000); ++I)
    std::thread(count).join();
  std::thread Second([] {
    // CHECK-DAG: race-among-many.cpp:[[@LINE+1]]:
    Racy = 2;
  });
  Second.join();
  Finish.reach(1);
  First.join();
  for (std::thread &T : Live)
    T.join();
  return Racy == 2 && Counter ? 0 : 3;
}
// CHECK: 1 data race
