// The child of clone with memory of its own is that of a fork: nothing of the
// runtime is held, what its threads do is watched, and its findings are told
// when its function returns.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 0 %t | FileCheck %s
// CHECK: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race
// CHECK: children: 20, 66
#include "../exact/Unseen.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <sched.h>
#include <sys/wait.h>
#include <thread>
#include <vector>

static volatile int Shared;
static std::atomic<bool> Ends;

static int clean(void *) {
  std::vector<int> Numbers(1000, 1);
  std::thread([&] { Numbers.assign(2000, 2); }).join();
  return Numbers.size() == 2000 ? 7 : 8;
}

static int racy(void *) {
  Unseen Order;
  std::thread A([&] {
    Shared = 1;
    Order.reach(1);
  });
  std::thread B([&] {
    Order.await(1);
    Shared = 2;
  });
  A.join();
  B.join();
  return 0;
}

static int run(int (*Function)(void *)) {
  static char Stack[256 << 10];
  int Child = clone(Function, Stack + sizeof(Stack), SIGCHLD, nullptr);
  int Status = 0;
  waitpid(Child, &Status, 0);
  return WIFEXITED(Status) ? WEXITSTATUS(Status) : -1;
}

int main() {
  std::mutex Lock;
  std::thread Busy([&] {
    while (!Ends)
      std::lock_guard<std::mutex> Hold(Lock);
  });
  int Children = 0;
  for (int I = 0; I < 20; ++I)
    Children += run(clean) == 7;
  int Status = run(racy);
  Ends = true;
  Busy.join();
  printf("children: %d, %d\n", Children, Status);
}
