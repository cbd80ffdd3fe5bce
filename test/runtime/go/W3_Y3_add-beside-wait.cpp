// An add from 0 that nothing orders before wait is reported, though it went
// well in this run.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t addThenWait | FileCheck %s
#include "../race/GoCase.h"

RACE(addThenWait) {
  go::WaitGroup Wg;
  inOrder(
      [&] {
        Wg.add(1);
        Wg.done();
      },
      [&] { Wg.wait(); });
}
// CHECK: add() is not ordered before wait(), which may have returned
