// What a thread does after it registered a handler for the exit races with it.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: %exits 66 %t exit | FileCheck %s -DNAME=AtExit -DMARK=exit
// RUN: %exits 66 %t on | FileCheck %s -DNAME=OnExit -DMARK=on
// RUN: %exits 66 %t quick | FileCheck %s -DNAME=AtQuickExit -DMARK=quick
// RUN: %exits 66 %t static | FileCheck %s -DNAME=Destroyed -DMARK=static
// CHECK: heddle: DATA RACE on '[[NAME]]'
// CHECK-NEXT: (1) write  T2 {{.*}}// [[MARK]]
// CHECK: (2) write  T1 "main"
// CHECK: heddle: 1 problem: 1 data race
#include "../exact/Unseen.h"

#include <cstdlib>
#include <string>
#include <thread>

static Unseen Order;
static volatile int AtExit, OnExit, AtQuickExit, Destroyed;

struct Object {
  ~Object() { Destroyed = 2; }
};

static void run(const std::string &How) {
  if (How == "exit") {
    atexit([] { AtExit = 2; });
    AtExit = 1; // exit
  } else if (How == "on") {
    on_exit([](int, void *) { OnExit = 2; }, nullptr);
    OnExit = 1; // on
  } else if (How == "quick") {
    at_quick_exit([] { AtQuickExit = 2; });
    AtQuickExit = 1; // quick
  } else {
    static Object Made;
    Destroyed = 1; // static
  }
  Order.reach(1);
}

int main(int, char **Arguments) {
  std::string How = Arguments[1];
  std::thread([&] { run(How); }).detach();
  Order.await(1);
  if (How == "quick")
    quick_exit(0);
}
