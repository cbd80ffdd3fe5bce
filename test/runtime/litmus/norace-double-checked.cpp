// Double-checked locking with an atomic pointer.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

#include <mutex>

struct Config {
  int Value = 0;
};
static std::mutex Guard;
static std::atomic<Config *> Instance;
static int Sum;

static Config *get() {
  Config *Found = Instance.load(std::memory_order_acquire);
  if (!Found) {
    std::lock_guard Hold(Guard);
    Found = Instance.load(std::memory_order_relaxed);
    if (!Found)
      Instance.store(Found = new Config, std::memory_order_release);
  }
  return Found;
}

int main() {
  runInOrder([] { Sum += get() != nullptr; },
             [] {
               if (Config *C = get())
                 C->Value++;
             });
  return Sum == 1 ? 0 : 3;
}
