// 50,000 threads come and go, eight at a time, each handing a heap block and a
// thread-local on to the next one.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t %scale
#include "Scale.h"

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

static std::mutex Guard;
static std::unique_ptr<long> Handed = std::make_unique<long>(0);
static thread_local long Own;

static void step() {
  ++Own;
  std::lock_guard Hold(Guard);
  Handed = std::make_unique<long>(*Handed + Own);
}

int main(int, char **Arguments) {
  int Rounds = scaled(Arguments, 50000) / 8;
  for (int Round = 0; Round < Rounds; ++Round) {
    std::vector<std::thread> Threads;
    for (int I = 0; I < 7; ++I)
      Threads.emplace_back(step);
    for (std::thread &T : Threads)
      T.join();
    std::thread(step).join();
  }
  return *Handed == 8l * Rounds ? 0 : 3;
}
