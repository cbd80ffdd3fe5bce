// A block is freed while another thread may still write it.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: USE AFTER FREE on a freed heap block
// CHECK-NEXT: (1) write  T2 {{.*}}Block[9] = 1;
// CHECK: (2) free   T1 "main"{{.*}}delete[] Block;

#include "../exact/Unseen.h"
#include <thread>

static Unseen Time;

int main() {
  auto *Block = new int[10];
  std::thread T([&] {
    Block[9] = 1;
    Time.reach(1);
  });
  Time.await(1);
  delete[] Block;
  T.join();
}
