// Goroutines that nobody can wake any more are reported when main returns,
// although others could still run: Go does not find these.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t someBlocked | FileCheck %s
#include "../race/GoCase.h"

RACE(someBlocked) {
  auto Lost = go::makeChan<int>();
  for (int I = 0; I < 2; ++I)
    go::spawn([=] { Lost.recv(); });
  go::WaitGroup Wg;
  Wg.go([] { go::yield(); });
  Wg.wait();
}
// CHECK: LEAK
