// A close that nothing orders with a use is a race on the descriptor, told with
// where it was opened.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
#include "../exact/Unseen.h"
#include <fcntl.h>
#include <thread>
#include <unistd.h>

Unseen Steps;

int main() {
  // CHECK: DATA RACE on file descriptor [[FD:[0-9]+]]
  // CHECK-SAME: opened at {{.*}}race-file-descriptor.cpp:[[@LINE+1]]
  int Fd = open("/dev/null", O_WRONLY);
  std::thread User([=] {
    // CHECK: race-file-descriptor.cpp:[[@LINE+1]]
    (void)!write(Fd, "x", 1);
    Steps.reach(1);
  });
  Steps.await(1);
  // CHECK: race-file-descriptor.cpp:[[@LINE+1]]
  close(Fd);
  User.join();
}
