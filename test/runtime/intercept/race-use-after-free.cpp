// A block is read after another thread has freed it.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: USE AFTER FREE on a freed heap block  byte 12 of 40, allocated at {{.*}}race-use-after-free.cpp:[[ALLOC:[0-9]+]]:
// CHECK-NEXT: (1) free  T2 {{.*}}free(Block);
// CHECK: (2) read  T1 "main"{{.*}}Seen = Block[3];
// CHECK: heddle: 1 problem: 1 use after free

#include "../exact/Unseen.h"
#include <cstdlib>
#include <thread>

static Unseen Time;

int main() {
  auto *Block = static_cast<int *>(malloc(40));
  Block[3] = 1;
  std::thread T([&] {
    free(Block);
    Time.reach(1);
  });
  Time.await(1);
  int Seen = Block[3];
  T.join();
  return Seen == 1234567;
}
