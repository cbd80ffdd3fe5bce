// Options: a wrong one ends the program before it starts, with the remedy.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=exit-kode=1 %exits 2 %t | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: heddle: unknown option 'exit-kode'; did you mean 'exit-code'?
// UNKNOWN-NOT: ran
// RUN: env HEDDLE=exit-code=many %exits 2 %t | FileCheck %s --check-prefix=NUMBER
// NUMBER: heddle: option 'exit-code' needs a number, not 'many'
// RUN: env HEDDLE=frames=some %exits 2 %t | FileCheck %s --check-prefix=CHOICE
// CHOICE: heddle: option 'frames' is one of user, all, not 'some'
// RUN: env HEDDLE=races=0 %exits 0 %t | FileCheck %s --check-prefix=QUIET
// QUIET: ran
// QUIET-NOT: heddle:
// RUN: env HEDDLE=verbose,races=0 %exits 0 %t | FileCheck %s --check-prefix=OK
// OK: heddle: ok - {{[0-9.]+}} s
// RUN: env HEDDLE=halt=1 %exits 66 %t | FileCheck %s --check-prefix=HALT
// HALT: heddle: 1 problem: 1 data race
// HALT-NOT: ran
// RUN: env HEDDLE=max-reports=1 %exits 66 %t | FileCheck %s --check-prefix=MAX
// MAX: heddle: DATA RACE
// MAX-NOT: heddle: DATA RACE
// MAX: heddle: 2 problems: 2 data races · 1 not printed, max-reports=1 ·
// RUN: env HEDDLE=symbolizer=/nowhere %exits 66 %t | FileCheck %s --check-prefix=BARE
// BARE: heddle: reports name no source lines: llvm-symbolizer not found; apt-get install llvm-19
// BARE: (1) write  T2 {{.*}}options.cpp.tmp+0x
// RUN: env HEDDLE=frames=all %exits 66 %t | FileCheck %s --check-prefix=ALL
// ALL: #0 {{.*}}options.cpp
// ALL: #{{[0-9]+}} {{.*}}std::thread
// RUN: rm -f %t.log && env HEDDLE=log=%t.log %exits 66 %t | FileCheck %s --check-prefix=QUIET
// RUN: FileCheck %s --check-prefix=LOG --input-file=%t.log
// LOG: heddle: 2 problems: 2 data races
// RUN: env HEDDLE=color=always %exits 66 %t | FileCheck %s --check-prefix=COLOR
// COLOR: [1;31mheddle: DATA RACE{{.}}[0m on 'One'
#include "../exact/Unseen.h"
#include <thread>
#include <cstdio>

int One, Two;
static Unseen Time;

int main() {
  std::thread T([] {
    One = 1;
    Two = 1;
    Time.reach(1);
  });
  Time.await(1);
  One = 2;
  Two = 2;
  T.join();
  puts("ran");
}
