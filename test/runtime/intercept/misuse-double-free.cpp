// A block freed twice is reported; the program goes on.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK-DAG: heddle: MISUSE  a block is freed twice
// CHECK-DAG: still here

#include <cstdio>
#include <cstdlib>

int main() {
  void *volatile Block = malloc(24);
  free(Block);
  free(Block);
  puts("still here");
}
