// fork finds another thread in the middle of an atomic operation, sooner or
// later with the object's lock held: the child can use the object all the same.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: timeout 60 %t 2>&1 | FileCheck %s --allow-empty
// CHECK-NOT: heddle
#include <atomic>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

std::atomic<int> Counter;
std::atomic<bool> Over;

int main() {
  std::thread Busy([] {
    while (!Over)
      ++Counter;
  });
  int Status = 0;
  for (int I = 0; I < 20 && !Status; ++I) {
    pid_t Child = fork();
    if (Child == 0) {
      ++Counter;
      _exit(0);
    }
    waitpid(Child, &Status, 0);
  }
  Over = true;
  Busy.join();
  return Status;
}
