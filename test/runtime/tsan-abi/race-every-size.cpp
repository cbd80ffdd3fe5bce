// One race for each size and kind of access that the compilers announce;
// clang's pass for ThreadSanitizer is silent about long double.
// RUN: %tsan-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s -o %t && %exits 66 %t | FileCheck %s --check-prefixes=CHECK,CLANG
// RUN: %gxx-tsan -std=c++20 -O1 -I%src/test/runtime/exact -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 66 %t.g | FileCheck %s --check-prefixes=CHECK,GCC
#include "Unseen.h"

#include <cstring>
#include <thread>

struct [[gnu::packed]] Unaligned {
  char Padding;
  short Two;
  int Four;
  long Eight;
};
struct Large {
  char Bytes[200];
};

char One;
short Two;
int Four;
long Eight;
__int128 Sixteen;
long double Extended;
alignas(8) Unaligned Crossing;
Large Block, Copy;
volatile int Volatile;
static Unseen Order;

[[gnu::noinline]] static void touchAll() {
  One = 1;
  Two = 2;
  Four = 4;
  Eight = 8;
  Sixteen = 16;
  Extended = 10;
  Crossing.Two = 2;
  Crossing.Four = 4;
  Crossing.Eight = 8;
  Block = Copy;
  Volatile = 4;
}

int main() {
  std::thread First([] {
    touchAll();
    Order.reach(1);
  });
  std::thread Second([] {
    Order.await(1);
    touchAll();
  });
  First.join();
  Second.join();
}
// CHECK-DAG: DATA RACE on 'One'
// CHECK-DAG: DATA RACE on 'Two'
// CHECK-DAG: DATA RACE on 'Four'
// CHECK-DAG: DATA RACE on 'Eight'
// CHECK-DAG: DATA RACE on 'Sixteen'
// GCC-DAG: DATA RACE on 'Extended'
// CHECK-DAG: (1) write {{.*}}   Crossing.Two = 2;
// CHECK-DAG: (1) write {{.*}}   Crossing.Four = 4;
// CHECK-DAG: (1) write {{.*}}   Crossing.Eight = 8;
// CHECK-DAG: DATA RACE on 'Block'
// CHECK-DAG: DATA RACE on 'Volatile'
// CLANG: 10 data races
// GCC: 11 data races
