// 64 races at places of their own, while other threads start, lock and
// allocate all the time: every one of them is reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Cells
#include "Scale.h"

#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

constexpr int kCells = 64;
static volatile int Cells[kCells];
static Unseen Order;
static std::mutex Guard;
static std::atomic<bool> Stop;

template <int I> __attribute__((noinline)) static void write() {
  Order.await(2 * I + 1);
  // CHECK-DAG: race-under-load.cpp:[[@LINE+1]]:
  Cells[I] = I;
  Order.reach(2 * I + 2);
}
template <int I> __attribute__((noinline)) static void overwrite() {
  // CHECK-DAG: race-under-load.cpp:[[@LINE+1]]:
  Cells[I] = -I;
  Order.reach(2 * I + 1);
  Order.await(2 * I + 2);
}

static void disturb() {
  while (!Stop) {
    std::thread([] { std::make_unique<char[]>(100); }).join();
    std::lock_guard Hold(Guard);
  }
}

template <int... I> static void run(std::integer_sequence<int, I...>) {
  std::thread First([] { (overwrite<I>(), ...); });
  std::thread Second([] { (write<I>(), ...); });
  First.join();
  Second.join();
}

int main() {
  std::vector<std::thread> Others;
  for (int I = 0; I < 3; ++I)
    Others.emplace_back(disturb);
  run(std::make_integer_sequence<int, kCells>());
  Stop = true;
  for (std::thread &T : Others)
    T.join();
  return Cells[1] == 1 ? 0 : 3;
}
// CHECK: 64 data races
