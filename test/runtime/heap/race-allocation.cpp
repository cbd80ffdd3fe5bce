// An allocation is a write of the whole block by whoever allocates: a pointer
// that is handed over without order is one to a block that may not exist yet.
// ThreadSanitizer 19: 8 of 9, not the middle of the block of 4 MB.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: %exits 66 %t | FileCheck %s
#include "../exact/Unseen.h"

#include <cstdlib>
#include <new>
#include <thread>

struct alignas(256) Wide {
  char Bytes[1024];
};

static void *Shared;
static Unseen Order;

// Outside of all instrumented code.
static void give(void *P) {
  asm volatile("movq %1, %0" : "=m"(Shared) : "r"(P));
}
static char *take() {
  char *P;
  asm volatile("movq %1, %0" : "=r"(P) : "m"(Shared));
  return P;
}

int main() {
  std::thread User([] {
    int Step = 1;
    auto Next = [&] {
      Order.reach(2 * Step - 1);
      Order.await(2 * Step);
      ++Step;
      return take();
    };
    *reinterpret_cast<int *>(Next()) = 1;
    // CHECK: DATA RACE
    // CHECK: (1) allocation {{.*}}new int
    // CHECK: (2) write {{.*}}[[@LINE-3]]
    Next()[500] = 1;
    // CHECK: (1) allocation {{.*}}malloc(1000)
    // CHECK: (2) write {{.*}}[[@LINE-2]]
    Next()[2'000'003] = 1;
    // CHECK: (1) allocation {{.*}}malloc(4 << 20)
    // CHECK: (2) write {{.*}}[[@LINE-2]]
    char Zero = *static_cast<volatile char *>(Next() + 700);
    // CHECK: (1) allocation {{.*}}calloc
    // CHECK: (2) read {{.*}}[[@LINE-2]]
    Next()[5000] = Zero;
    // CHECK: (1) allocation {{.*}}realloc
    // CHECK: (2) write {{.*}}[[@LINE-2]]
    Next()[99] = 1;
    // CHECK: (1) allocation {{.*}}new char
    // CHECK: (2) write {{.*}}[[@LINE-2]]
    Next()[600] = 1;
    // CHECK: (1) allocation {{.*}}new Wide
    // CHECK: (2) write {{.*}}[[@LINE-2]]
    Next()[4095] = 1;
    // CHECK: (1) allocation {{.*}}aligned_alloc
    // CHECK: (2) write {{.*}}[[@LINE-2]]
    std::free(Next());
    // CHECK: (1) allocation {{.*}}malloc(24)
    // CHECK: (2) free {{.*}}[[@LINE-2]]
    Order.reach(100);
  });
  int Step = 1;
  auto Hand = [&](void *P) {
    Order.await(2 * Step - 1);
    give(P);
    Order.reach(2 * Step);
    ++Step;
  };
  Hand(new int);
  Hand(std::malloc(1000));
  Hand(std::malloc(4 << 20));
  Hand(std::calloc(1, 1000));
  Hand(std::realloc(std::malloc(4000), 9000));
  Hand(new char[100]);
  Hand(new Wide);
  Hand(std::aligned_alloc(4096, 8192));
  Hand(std::malloc(24));
  Order.await(100);
  User.join();
}
// CHECK: heddle: 9 problems
