// The child of fork goes on with threads of its own, and tells of its findings.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | FileCheck %s
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race
// CHECK-NOT: heddle:
#include "../exact/Unseen.h"
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

int Shared;
static Unseen Time;

int main() {
  std::thread Before([] {});
  Before.join();
  pid_t Child = fork();
  if (Child == 0) {
    std::thread T([] {
      Shared = 1;
      Time.reach(1);
    });
    Time.await(1);
    Shared = 2;
    T.join();
    return 0;
  }
  int Status;
  waitpid(Child, &Status, 0);
  if (WEXITSTATUS(Status) != 66)
    return 1;
  // The helper that symbolises is nobody's child here.
  return wait(nullptr) == -1 ? 0 : 2;
}
