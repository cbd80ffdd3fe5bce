// L1: a mutex must not end before its last use: neither while it is locked, nor
// after the unlock of a section that only the lock is known of.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: not %t known 2>&1 | FileCheck %s
#include "../exact/Unseen.h"

#include <atomic>
#include <go/go.h>
#include <new>
#include <thread>

alignas(go::Mutex) static char Room[sizeof(go::Mutex)];
static std::atomic<bool> LockIsKnown{false};

int main(int Count, char **) {
  bool Known = Count > 1;
  return go::main([=] {
    auto *Mu = new (Room) go::Mutex;
    Unseen Order;
    std::thread User([&] {
      Mu->lock();
      if (Known) {
        LockIsKnown.store(true, std::memory_order_release);
        Mu->unlock();
      }
      Order.reach(1);
      Order.await(2);
    });
    std::thread Ender([&] {
      Order.await(1);
      if (Known)
        LockIsKnown.load(std::memory_order_acquire);
      // CHECK: DATA RACE
      // CHECK: {{[Mm]utex}}
      Mu->~Mutex();
      Order.reach(2);
    });
    User.join();
    Ender.join();
  });
}
