// compat=tsan honours TSAN_OPTIONS and what the program itself asks for; what
// HEDDLE says counts more.
// RUN: %tsan-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=compat=tsan %exits 3 %t
// RUN: env HEDDLE=compat=tsan TSAN_OPTIONS=exitcode=4 %exits 4 %t
// RUN: env HEDDLE=compat=tsan,exit-code=5 TSAN_OPTIONS=exitcode=4 %exits 5 %t
// RUN: env HEDDLE=compat=tsan TSAN_OPTIONS=report_bugs=0 %exits 0 %t
// RUN: env TSAN_OPTIONS=exitcode=4 %exits 66 %t
// RUN: rm -f %t.log.*
// RUN: env HEDDLE=compat=tsan "TSAN_OPTIONS=history_size=7 log_path='%t.log'" %exits 3 %t | count 0
// RUN: cat %t.log.* | FileCheck %s
// RUN: env HEDDLE=compat=tsan TSAN_OPTIONS=nonsense=1 %exits 3 %t | FileCheck %s --check-prefix=UNKNOWN
// CHECK: Shared
// UNKNOWN: warning: ThreadSanitizer's options: unknown option 'nonsense'
#include <thread>

int Shared;

extern "C" const char *__tsan_default_options() { return "exitcode=3"; }

int main() {
  std::thread First([] { ++Shared; });
  ++Shared;
  First.join();
}
