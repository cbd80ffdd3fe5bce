// Two closes that nothing orders race, whichever of them panics.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t closeTwice | FileCheck %s
#include "../race/GoCase.h"

RACE(closeTwice) {
  auto C = go::makeChan<int>();
  inOrder([=] { C.close(); },
          [=] {
            try {
              C.close();
            } catch (const go::Panic &) {
            }
          });
}
// CHECK-DAG: DATA RACE on a heap block
// CHECK-DAG: close of a closed channel
