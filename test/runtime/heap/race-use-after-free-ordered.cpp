// A use after free is found whoever comes later and however it is ordered:
// by the same thread, after a join, in large blocks, in any byte.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=record-alone not %t 2>&1 | FileCheck %s -implicit-check-not='USE AFTER FREE'
#include <cstdlib>
#include <thread>

static volatile char *make(size_t Size) {
  return static_cast<volatile char *>(std::malloc(Size));
}
[[gnu::noinline]] static void drop(volatile char *Block) {
  std::free(const_cast<char *>(Block));
}

int main() {
  // CHECK: USE AFTER FREE on a freed heap block  byte 999 of 1000, allocated at {{.*}} by T1
  // CHECK: (1) free   T1 "main"  {{.*}}
  // CHECK: (2) write  T1 "main"  {{.*}}
  volatile char *Own = make(1000);
  Own[999] = 1;
  drop(Own);
  Own[999] = 2;
  // CHECK: USE AFTER FREE on a freed heap block  byte 70000 of 100000
  // CHECK: (1) free   T2 {{.*}}
  // CHECK: (2) read   T1 "main"  {{.*}}
  volatile char *Joined = make(100000);
  std::thread([=] { drop(Joined); }).join();
  char Copy = Joined[70000];
  // CHECK: USE AFTER FREE on a freed heap block  byte 50000000 of 64000000
  // CHECK: (1) free   T1 "main"
  // CHECK: (2) write  T3 {{.*}}
  volatile char *Mapped = make(64000000);
  Mapped[50000000] = Copy;
  drop(Mapped);
  std::thread([=] { Mapped[50000000] = 3; }).join();
  // CHECK: USE AFTER FREE {{.*}} byte 5 of 50
  // CHECK: (1) free   T1 "main"  {{.*}}
  // CHECK: (2) write  T1 "main"  {{.*}}
  volatile char *Moved = make(50);
  static volatile char *Blocker;
  Blocker = make(50);
  static volatile void *New = std::realloc(const_cast<char *>(Moved), 5000);
  Moved[5] = 1;
  // CHECK: heddle: 4 problems: 4 uses after free
}
