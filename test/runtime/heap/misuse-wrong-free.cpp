// Wrong frees are told and not carried out: the second of two, by whichever
// strand; of the inside of a block, of a variable, of an odd address.
// RUN: %heddle-cxx -std=c++20 -O1 -g -Wno-free-nonheap-object %s -o %t
// RUN: %exits 66 %t > %t.out
// RUN: FileCheck %s --input-file=%t.out
#include <cstdio>
#include <cstdlib>
#include <thread>

static char Global[64];

[[gnu::noinline]] static void drop(void *P) {
  asm volatile("" : "+r"(P));
  std::free(P);
}

int main() {
  char *Block = static_cast<char *>(std::malloc(100));
  // CHECK: MISUSE  free of an address that no allocation returned
  drop(Block + 16);
  drop(Block + 3);
  alignas(16) char Local[64];
  drop(Local);
  drop(Global);
  // CHECK: MISUSE  a block is freed twice
  // CHECK-NEXT: T3
  std::thread First([=] { drop(Block); });
  First.join();
  std::thread Second([=] { drop(Block); });
  Second.join();
  std::puts("lives");
  // CHECK: 2 misuses ({{.*}} seen 4x)
  // CHECK: lives
}
