// Of readers that come again and again in new epochs, the last read of one is
// not ordered before the write, all others are.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %t ordered 2>&1 | FileCheck %s --check-prefix=ORDERED
// --implicit-check-not=heddle:
#include "Unseen.h"

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

constexpr int kReaders = 6, kRounds = 40;

long Shared;
static std::atomic<int> Done[kReaders];
static Unseen Order;

static void look() { asm volatile("" ::"r"(Shared)); }

static void readAgain(int I, bool Ordered) {
  for (int Round = 0; Round < kRounds; ++Round) {
    // In turn, so that each round finds the entries of all others.
    Order.await(Round * kReaders + I);
    look();
    Done[I].store(Round, std::memory_order_release);
    Order.reachNext();
  }
  Order.await(kRounds * kReaders);
  if (I != 2)
    return;
  look();
  if (Ordered)
    Done[I].store(kRounds, std::memory_order_release);
  Order.reachNext();
}

int main(int Count, char **) {
  bool Ordered = Count > 1;
  std::vector<std::thread> All;
  for (int I = 0; I < kReaders; ++I)
    All.emplace_back(readAgain, I, Ordered);
  All.emplace_back([] {
    Order.await(kRounds * kReaders + 1);
    for (auto &D : Done)
      D.load(std::memory_order_acquire);
    // CHECK: DATA RACE on 'Shared'
    // CHECK: (1) read
    // CHECK: (2) write {{.*}}
    Shared = 1;
  });
  for (std::thread &T : All)
    T.join();
  std::puts("done"); // ORDERED: done
}
