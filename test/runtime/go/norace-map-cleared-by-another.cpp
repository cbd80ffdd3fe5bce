// M1: who clears a go::Map destroys keys that others made, and was shown none.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | FileCheck %s --implicit-check-not=heddle:
#include "../exact/Unseen.h"

#include <cstdio>
#include <go/go.h>
#include <string>
#include <thread>

int main() {
  go::Map<std::string, int> Map;
  Unseen Order;
  std::thread Maker([&] {
    Map.store("a key that is too long to lie in the string itself", 1);
    Order.reach(1);
    Order.await(2);
  });
  std::thread Clearer([&] {
    Order.await(1);
    Map.clear();
    Order.reach(2);
  });
  Maker.join();
  Clearer.join();
  std::puts("done"); // CHECK: done
}
