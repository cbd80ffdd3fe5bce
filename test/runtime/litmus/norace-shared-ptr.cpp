// An atomic shared_ptr: what was written before the store is there after the
// load.
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
        auto Own = std::make_shared<int>(7);
        Newest.store(Own);
      },
      [] {
        std::shared_ptr<int> Seen = Newest.load();
        if (Seen && *Seen == 7)
          Data = *Seen += 1;
      });
  return Data == 8 ? 0 : 3;
}
