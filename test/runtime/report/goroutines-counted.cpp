// The findings file counts the goroutines; the driver says how many.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: rm -rf %t.dir && env HEDDLE=out=%t.dir %exits 0 %t
// RUN: cat %t.dir/*.json | FileCheck %s
// CHECK: "goroutines": 6,
// RUN: %exits 0 %heddle run --out %t.run -- %t | FileCheck %s --check-prefix=DRIVER
// DRIVER: heddle: ok - 6 goroutines,
#include <go/go.h>

int main() {
  return go::main([] {
    go::WaitGroup Group;
    for (int I = 0; I < 5; ++I)
      Group.go([] {});
    Group.wait();
  });
}
