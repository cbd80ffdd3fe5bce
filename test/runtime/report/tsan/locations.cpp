// compat=tsan: stack and thread-local memory; atomic accesses and reads.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=compat=tsan %exits 66 %t stack | FileCheck %s --check-prefixes=CHECK,STACK
// RUN: env HEDDLE=compat=tsan %exits 66 %t tls | FileCheck %s --check-prefixes=CHECK,TLS
// RUN: %clangxx -std=c++20 -O1 -g -fsanitize=thread %s -o %t-peer
// RUN: %exits 66 %t-peer stack | FileCheck %s --check-prefixes=CHECK,STACK
// RUN: %exits 66 %t-peer tls | FileCheck %s --check-prefixes=CHECK,TLS
// CHECK: {{^}}  Atomic read of size 4 at [[ADDR:0x[0-9a-f]+]] by main thread:
// CHECK: {{^}}  Previous write of size 4 at [[ADDR]] by thread T1:
// STACK: {{^}}  Location is stack of main thread.{{$}}
// TLS:   {{^}}  Location is TLS of main thread.{{$}}
#include "../../exact/Unseen.h"
#include <string>
#include <thread>

static Unseen Time;
static thread_local int Mine;

int main(int, char **Args) {
  int Local = 0;
  int *P = Args[1] == std::string("tls") ? &Mine : &Local;
  std::thread T([=] {
    *P = 1;
    Time.reach(1);
  });
  Time.await(1);
  int Seen = __atomic_load_n(P, __ATOMIC_RELAXED);
  T.join();
  return Seen == 1234567;
}
