// A byte that nobody has accessed is used after its block was freed.
// TSan 19: found on the first 1,024 bytes of a block only, missed here.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: USE AFTER FREE
#include "Unseen.h"

#include <cstdlib>
#include <thread>

static Unseen Order;

int main() {
  auto *Block = static_cast<volatile char *>(std::malloc(4096));
  std::thread Owner([=] {
    std::free(const_cast<char *>(Block));
    Order.reach(1);
  });
  Order.await(1);
  Block[2000] = 1;
  Owner.join();
}
