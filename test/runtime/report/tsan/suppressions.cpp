// compat=tsan: suppressions of a file and of the program itself.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: echo 'race:^One' > %t.supp
// RUN: env HEDDLE=compat=tsan,verbose,suppressions=%t.supp %exits 0 %t | FileCheck %s
// RUN: env HEDDLE=compat=tsan,verbose %exits 66 %t | FileCheck %s --check-prefixes=BUILTIN,OWN
// RUN: %clangxx -std=c++20 -O1 -g -fsanitize=thread %s -o %t-peer
// RUN: env TSAN_OPTIONS=print_suppressions=1,suppressions=%t.supp %exits 0 %t-peer | FileCheck %s
// RUN: env TSAN_OPTIONS=print_suppressions=1 %exits 66 %t-peer | FileCheck %s --check-prefix=BUILTIN
// CHECK-NOT: WARNING
// CHECK: ThreadSanitizer: Matched {{[12]}} suppressions (pid={{[0-9]+}}):
// CHECK: 1 race:^One
// BUILTIN: WARNING: ThreadSanitizer: data race
// BUILTIN: Location is global 'One'
// BUILTIN: ThreadSanitizer: reported 1 warnings
// OWN: 1 race:^Two
#include "../../exact/Unseen.h"
#include <thread>

extern "C" const char *__tsan_default_suppressions() {
  return "# built in\nrace:^Two$\n";
}

int One, Two;
static Unseen Time;

int main() {
  std::thread T([] {
    One = 1;
    Two = 1;
    Time.reach(1);
  });
  Time.await(1);
  One = 2;
  Two = 2;
  T.join();
}
