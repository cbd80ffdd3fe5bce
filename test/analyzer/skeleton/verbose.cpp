// Verbose: what is explored is said, with the skeleton; else nothing is.
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-verbose %s 2>&1 | FileCheck %s
// RUN: %clang_heddle -std=c++17 -fsyntax-only %s 2>&1 | count 0
#include <go/go.h>

int f() {
  auto C = go::makeChan<int>(1);
  go::spawn([=] { C.send(1); });
  return C.recv();
}
int alone() { return 1; }
// CHECK-NOT: alone
// CHECK: heddle: skeleton of 'f': 2 strands, 1 objects, {{[0-9]+}} states
// CHECK: make C -> 
// CHECK: send C -> 
