// The first bytes of a freed block are watched also where the process has no
// other strand, and are new when they are given out again.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: USE AFTER FREE on a freed heap block  byte 100 of
// CHECK: (1) free   T1 "main"  {{.*}}cpp:
// CHECK: (2) write  T1 "main"  {{.*}}cpp:[[@LINE+16]]
// CHECK: heddle: 1 problem: 1 use after free
#include <cstdlib>

static volatile char *make(size_t Size) {
  return static_cast<volatile char *>(std::malloc(Size));
}

int main() {
  volatile char *Block = make(4096);
  std::free(const_cast<char *>(Block));
  for (int I = 0; I < 50; ++I) {
    volatile char *New = make(100 * size_t(I + 1));
    New[I] = New[2 * I] = 1;
    std::free(const_cast<char *>(New));
  }
  Block[100] = 1;
}
