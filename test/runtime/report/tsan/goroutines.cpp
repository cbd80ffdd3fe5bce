// compat=tsan: goroutines keep their numbers; what ThreadSanitizer does not
// know has a title of its own.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=compat=tsan,workers=1 %exits 66 %t | FileCheck %s
#include <go/go.h>

int Hits;

static int run() {
  auto Done = go::makeChan<int>(2);
  auto Never = go::makeChan<int>();
  for (int I = 0; I < 2; ++I)
    go::spawn([=] {
      Hits = I;
      Done.send(I);
      Never.recv();
    });
  Done.recv();
  Done.recv();
  return 0;
}

int main() {
  return go::main([] { return run(); });
}
// CHECK: WARNING: ThreadSanitizer: data race (pid=
// CHECK: {{^}}  Write of size 4 at [[ADDR:0x[0-9a-f]+]] by goroutine {{[0-9]+}}:
// CHECK: {{^}}  Previous write of size 4 at [[ADDR]] by goroutine {{[0-9]+}}:
// CHECK: {{^}}  Goroutine {{[0-9]+}} (running) created by main {{thread|goroutine}} at:
// CHECK-NOT: heddle::
// CHECK: {{^}}    #{{[0-9]+}} run() {{.*}}goroutines.cpp:[[#@LINE-18]]:
// CHECK: SUMMARY: ThreadSanitizer: data race {{.*}}goroutines.cpp:[[#@LINE-18]]:
// CHECK: WARNING: ThreadSanitizer: goroutine leak (pid=
// CHECK: {{^}}  chan receive of goroutine {{[0-9]+}}:
// CHECK: ThreadSanitizer: reported 2 warnings
