// A descriptor is closed while another thread uses it.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on file descriptor
// CHECK-NEXT: (1) read   T2 {{.*}}write(Ends[1], "x", 1);
// CHECK: (2) write  T1 "main"{{.*}}close(Ends[1]);

#include "../exact/Unseen.h"
#include <thread>
#include <unistd.h>

static Unseen Time;

int main() {
  int Ends[2];
  (void)!pipe(Ends);
  std::thread T([&] {
    (void)!write(Ends[1], "x", 1);
    Time.reach(1);
  });
  Time.await(1);
  close(Ends[1]);
  T.join();
}
