// One program of objects by Heddle's pass, by clang's and by gcc's
// ThreadSanitizer: a lock orders across all of them, and stacks lead through
// all of them.
// RUN: %heddle-cxx -std=c++20 -O1 -DWHO=Heddle -c %S/Inputs/Bump.cpp -o %t.1.o
// RUN: %tsan-cxx -std=c++20 -O1 -fomit-frame-pointer -DWHO=Clang -c %S/Inputs/Bump.cpp -o %t.2.o
// RUN: %gxx-tsan -std=c++20 -O1 -fomit-frame-pointer -DWHO=Gcc -c %S/Inputs/Bump.cpp -o %t.3.o
// RUN: %heddle-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s %t.1.o %t.2.o %t.3.o -o %t
// RUN: env HEDDLE=frames=all %exits 66 %t | FileCheck %s
#include "Inputs/Bump.h"
#include "Unseen.h"

#include <mutex>
#include <thread>

int Shared, Guarded;
static std::mutex Lock;
static Unseen Order;

static void throughAll() {
  callByHeddle([] { callByClang([] { callByGcc(bumpByHeddle); }); });
}

int main() {
  std::thread First([] {
    Lock.lock();
    throughAll();
    Lock.unlock();
    Order.reach(1);
  });
  Order.await(1);
  bumpByGcc();
  Lock.lock();
  callByGcc([] { callByHeddle(bumpByClang); });
  Lock.unlock();
  First.join();
}
// CHECK: DATA RACE on 'Shared'
// CHECK: (1) write  T2
// CHECK-NEXT: #0 bumpByHeddle
// CHECK-NEXT: #1 callByGcc
// CHECK-NEXT: #2 operator()
// CHECK: #4 callByClang
// CHECK: #7 callByHeddle
// CHECK-NEXT: #8 throughAll
// CHECK: (2) {{.*}} T1
// CHECK-NEXT: #0 bumpByGcc
// CHECK-NEXT: #1 main
// CHECK: 1 data race
