// Every kind of access to freed memory is a use after free: atomic operations
// and memcpy too, ordered after the free or not.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: not %t 2>&1 | FileCheck %s -implicit-check-not='DATA RACE'
#include "../exact/Unseen.h"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <thread>

static Unseen Order;
static std::atomic<int> Freed;

template <class T> [[gnu::noinline]] static T *hidden(T *P) {
  asm volatile("" : "+r"(P));
  return P;
}

int main() {
  auto *Counter = new std::atomic<int>[100]();
  auto *Text = static_cast<char *>(std::calloc(1, 900));
  std::thread Other([=] {
    delete[] hidden(Counter); // free-1
    Order.reach(1);
    Order.await(2);
    std::free(hidden(Text)); // free-2
    Freed.store(1, std::memory_order_release);
    Order.reach(3);
    Order.await(4);
  });
  Order.await(1);
  hidden(Counter)[70].fetch_add(1, std::memory_order_relaxed); // use-1
  Order.reach(2);
  Order.await(3);
  static char Copy[256];
  bool Ordered = Freed.load(std::memory_order_acquire);
  std::memcpy(hidden(Copy), hidden(Text) + 600, 200 + Ordered); // use-2
  Order.reach(4);
  Other.join();
  // CHECK: USE AFTER FREE on a freed heap block  byte 280 of 400
  // CHECK: (1) free {{.*}}free-1
  // CHECK: (2) atomic write {{.*}}just happened
  // CHECK: Nothing orders
  // CHECK: USE AFTER FREE on a freed heap block  byte 600 of 900
  // CHECK: (1) free {{.*}}free-2
  // CHECK: (2) read {{.*}}just happened
  // CHECK-NOT: Nothing orders
  // CHECK: heddle: 2 problems: 2 uses after free
}
