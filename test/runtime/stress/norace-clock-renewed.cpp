// Eight threads under one mutex and one flag, while the clocks of all of them
// run out every 500 epochs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=first-clock=1073741322 %t %scale
#include "Scale.h"

#include <mutex>
#include <thread>
#include <vector>

static std::mutex Guard;
static std::atomic<int> Flag;
static long Guarded, Fenced;

static void work(int Rounds) {
  for (int I = 0; I < Rounds; ++I) {
    std::lock_guard Hold(Guard);
    ++Guarded;
    if (Flag.load(std::memory_order_acquire) == 0) {
      ++Fenced;
      Flag.store(1, std::memory_order_release);
    } else {
      Flag.store(0, std::memory_order_release);
    }
  }
}

int main(int, char **Arguments) {
  int Rounds = scaled(Arguments, 100000);
  std::vector<std::thread> Threads;
  for (int I = 0; I < 8; ++I)
    Threads.emplace_back(work, Rounds);
  for (std::thread &T : Threads)
    T.join();
  return Guarded == 8l * Rounds && Fenced == 4l * Rounds ? 0 : 3;
}
