// An atomic shared_ptr exchanged and replaced by three threads.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

#include <memory>

static std::atomic<std::shared_ptr<int>> Newest;
static int Data;

int main() {
  runInOrder(
      [] {
        Data = 1;
        Newest.store(std::make_shared<int>(7));
      },
      [] {
        std::shared_ptr<int> Seen = Newest.load();
        if (Seen && *Seen == 7)
          Data = 2;
        Newest.exchange(std::make_shared<int>(8));
      },
      [] {
        std::shared_ptr<int> Seen = Newest.load();
        Newest.compare_exchange_strong(Seen, std::make_shared<int>(9));
      });
  return Data == 2 ? 0 : 3;
}
