// 10^6 mutexes and atomics live and die at the same few heap addresses, each
// with its own two threads' worth of history behind it.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t %scale
#include "Scale.h"

#include <memory>
#include <mutex>
#include <thread>

struct Object {
  std::mutex Guard;
  std::atomic<int> Version{0};
  int Data = 0;
};
static std::mutex Hand;
static std::shared_ptr<Object> Current = std::make_shared<Object>();

static void work(int Rounds) {
  for (int I = 0; I < Rounds; ++I) {
    std::shared_ptr<Object> Mine;
    {
      std::lock_guard Hold(Hand);
      Mine = Current;
      if (I % 2)
        Current = std::make_shared<Object>();
    }
    std::lock_guard Hold(Mine->Guard);
    Mine->Data += Mine->Version.fetch_add(1);
  }
}

int main(int, char **Arguments) {
  int Rounds = scaled(Arguments, 1000000);
  std::thread First(work, Rounds), Second(work, Rounds);
  First.join();
  Second.join();
}
