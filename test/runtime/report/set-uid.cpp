// A program with other rights than its user takes nothing from the environment:
// no option, no file to write or read, no program to start.
// REQUIRES: set-uid
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t-user
// RUN: rm -rf %t && mkdir %t && chmod 777 %t && echo 'race:*' > %t/heddle.supp
// RUN: cp %t-user %t/prog && chown 65534 %t/prog && chmod 4755 %t/prog
// RUN: printf '#!/bin/sh\ntouch %t/helper-ran\n' > %t/llvm-symbolizer-19 && chmod 755 %t/llvm-symbolizer-19
// RUN: cd %t && env PATH=%t:$PATH HEDDLE_SCHED=nonsense HEDDLE=out=%t/out,log=%t/log,exit-code=5,suppressions=%t/heddle.supp,symbolizer=%t/llvm-symbolizer-19 TSAN_OPTIONS=log_path=%t/tsan,exitcode=5 %exits 66 ./prog | FileCheck %s
// RUN: ls %t | FileCheck %s --check-prefix=FILES
// CHECK: heddle: DATA RACE on 'Hits'  global, 4 bytes, {{.*}}set-uid.cpp
// CHECK: heddle: 1 problem: 1 data race · {{.*}} · exit 66
// FILES: heddle.supp
// FILES-NEXT: llvm-symbolizer-19
// FILES-NEXT: prog
// FILES-NOT: {{.}}

// The same program without the bit listens.
// RUN: chmod 755 %t/prog && cd %t && env HEDDLE=exit-code=5 %exits 0 ./prog | count 0
#include "../exact/Unseen.h"
#include <thread>

int Hits;
static Unseen Time;

int main() {
  std::thread T([] {
    Hits = 1;
    Time.reach(1);
  });
  Time.await(1);
  Hits = 2;
  T.join();
}
