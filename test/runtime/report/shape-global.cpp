// The report of a race on a global: at most 15 lines, the user's line first.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: cd %S && %exits 66 %t > %t.out
// RUN: FileCheck %s --match-full-lines --strict-whitespace --input-file=%t.out
// RUN: %python -c "import sys; sys.exit(len(open(sys.argv[1]).readlines()) > 15)" %t.out
#include "../exact/Unseen.h"
#include <thread>

int Hits;
static Unseen Time;

static void handle() {
  Hits = 1;
  Time.reach(1);
}

int main() {
  std::thread T(handle);
  Time.await(1);
  Hits = 2;
  T.join();
}
//      CHECK:heddle: DATA RACE on 'Hits'  global, 4 bytes, shape-global.cpp:[[#@LINE-14]] {{ +}}id {{[-0-9a-f]+}}
// CHECK-NEXT:  (1) write  T2         shape-global.cpp:[[#@LINE-11]]:8  Hits = 1;  holding: nothing
// CHECK-NEXT:             <- spawned at shape-global.cpp:[[#@LINE-7]]:15 main
// CHECK-NEXT:  (2) write  T1 "main"  shape-global.cpp:[[#@LINE-6]]:8  Hits = 2;  holding: nothing   <- just happened
// CHECK-NEXT:  Nothing orders (1) and (2):  T1 "main" --spawn([[#@LINE-9]])--*----------(2)-->
// CHECK-NEXT:{{ +}}\--> T2 ---(1)-->
// CHECK-NEXT:  explain: heddle explain data-race
// CHECK-NEXT:heddle: 1 problem: 1 data race · {{[0-9.]+}} s · exit 66
