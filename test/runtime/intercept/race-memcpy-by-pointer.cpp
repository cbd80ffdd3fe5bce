// memcpy, memset and strlen called by a pointer are accesses of the caller.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Buffer'
// CHECK: (1) write  T2 {{.*}}Copy(Buffer, "abc", 4);
// CHECK: (2) read   T1 "main"{{.*}}Length(Buffer);

#include "../exact/Unseen.h"
#include <cstring>
#include <thread>

char Buffer[64];
static Unseen Time;

int main() {
  void *(*volatile Copy)(void *, const void *, size_t) = memcpy;
  size_t (*volatile Length)(const char *) = strlen;
  std::thread T([&] {
    Copy(Buffer, "abc", 4);
    Time.reach(1);
  });
  Time.await(1);
  size_t N = Length(Buffer);
  T.join();
  return N == 3 ? 0 : 1;
}
