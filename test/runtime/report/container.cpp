// The many low-level races of two operations on a container are one report that
// names the container.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O0 -g %s -o %t0
// RUN: %exits 66 %t0 | FileCheck %s
// CHECK: heddle: DATA RACE on 'Hits'  std::map<std::string, int>
// CHECK-NEXT: (1) {{write|read}} {{.*}}Hits["total"] = 2;
// CHECK: (2) {{write|read}} {{.*}}Hits[Key]++;
// CHECK-NOT: heddle: DATA RACE
// CHECK-NOT: heddle: USE AFTER FREE
// CHECK: heddle: 1 problem: 1 data race ({{.*}} seen {{[0-9]+}}x)
#include "../exact/Unseen.h"
#include <thread>
#include <map>
#include <string>

std::map<std::string, int> Hits;
static Unseen Time;

static void handle(const char *Key) {
  Time.await(1);
  Hits[Key]++;
}

int main() {
  std::thread T(handle, "a");
  Hits["total"] = 2;
  Time.reach(1);
  T.join();
}
