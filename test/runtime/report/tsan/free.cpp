// compat=tsan: an access to freed memory, as ThreadSanitizer tells it.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=compat=tsan %exits 66 %t | FileCheck %s --check-prefixes=CHECK,OWN
// RUN: %clangxx -std=c++20 -O1 -g -fsanitize=thread %s -o %t-peer
// RUN: %exits 66 %t-peer | FileCheck %s
#include "../../exact/Unseen.h"
#include <cstdlib>
#include <thread>

static Unseen Time;

int main() {
  int *Block = static_cast<int *>(malloc(8));
  *Block = 1;
  std::thread T([=] {
    free(Block);
    Time.reach(1);
  });
  Time.await(1);
  *Block = 2;
  T.join();
}
// CHECK:      WARNING: ThreadSanitizer: heap-use-after-free (pid=
// CHECK-NEXT: {{^}}  Write of size 4 at [[ADDR:0x[0-9a-f]+]] by main thread:
// CHECK-NEXT: {{^}}    #0 main {{.*}}free.cpp:[[#@LINE-5]]:
// CHECK:      {{^}}  Previous write of size 8 at [[ADDR]] by thread T1:
// CHECK-NEXT: {{^}}    #0 free <null> (
// CHECK-NEXT: {{^}}    #1 main::$_0::operator()() const {{.*}}free.cpp:[[#@LINE-12]]:
// OWN:        {{^}}  Location is heap block of size 8 at [[ADDR]] allocated by main thread:
// OWN-NEXT:   {{^}}    #0 malloc <null> (
// CHECK:      SUMMARY: ThreadSanitizer: heap-use-after-free {{.*}}free.cpp:[[#@LINE-11]]:{{[0-9]+}} in main
// CHECK:      ThreadSanitizer: reported 1 warnings
