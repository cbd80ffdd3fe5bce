// L1: whoever has locked a mutex last sees what was done in all sections
// before, also where another than the owner ends one, and may end the mutex.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | FileCheck %s --implicit-check-not=heddle:
#include "../exact/Unseen.h"

#include <cstdio>
#include <go/go.h>
#include <new>
#include <thread>

alignas(go::Mutex) static char Room[sizeof(go::Mutex)];
static go::Mutex PassedOn;
static int Data, More;

int main() {
  return go::main([] {
    Unseen Order;
    auto *Ends = new (Room) go::Mutex;
    std::thread Owner([&] {
      for (int I = 0; I < 3; ++I) {
        std::lock_guard Lock(*Ends);
        ++More;
      }
      PassedOn.lock();
      ++Data;
      PassedOn.unlock();
      PassedOn.lock();
      Order.reach(1);
      Order.await(3);
    });
    std::thread Other([&] {
      Order.await(1);
      PassedOn.unlock();
      Order.reach(2);
      Order.await(3);
    });
    std::thread Last([&] {
      Order.await(2);
      PassedOn.lock();
      std::printf("%d\n", Data); // CHECK: 1
      PassedOn.unlock();
      Ends->lock();
      std::printf("%d\n", More); // CHECK: 3
      Ends->unlock();
      Ends->~Mutex();
      Order.reach(3);
    });
    Owner.join();
    Other.join();
    Last.join();
  });
}
