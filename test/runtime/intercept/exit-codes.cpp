// With findings every way out of the process ends with 66, without them with
// the program's own code.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t return race | FileCheck %s
// RUN: %exits 66 %t exit race | FileCheck %s
// RUN: %exits 66 %t _exit race | FileCheck %s
// RUN: %exits 66 %t quick_exit race | FileCheck %s
// RUN: %exits 66 %t thread race | FileCheck %s
// RUN: %exits 3 %t return | count 0
// RUN: %exits 3 %t exit | count 0
// RUN: %exits 3 %t _exit | count 0
// RUN: %exits 3 %t quick_exit | count 0
// RUN: env HEDDLE=exit-code=7 %exits 7 %t return race | FileCheck %s --check-prefix=SEVEN
// CHECK: heddle: 1 problem: 1 data race {{.*}}exit 66
// CHECK-NOT: heddle:
// SEVEN: exit 7
#include "../exact/Unseen.h"
#include <cstdlib>
#include <string>
#include <thread>
#include <unistd.h>

int Shared;
static Unseen Time;

int main(int Count, char **Args) {
  std::string How = Args[1];
  if (Count > 2) {
    std::thread T([] {
      Shared = 1;
      Time.reach(1);
    });
    Time.await(1);
    Shared = 2;
    T.join();
  }
  if (How == "exit")
    exit(3);
  if (How == "_exit")
    _exit(3);
  if (How == "quick_exit")
    quick_exit(3);
  if (How == "thread")
    std::thread([] { exit(3); }).join();
  return 3;
}
