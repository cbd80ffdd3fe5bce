// What a thread did before it registered a handler for the exit happens before
// the handler: atexit, on_exit, at_quick_exit, destructors of static objects.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 0 %t exit | count 0
// RUN: %exits 0 %t quick | count 0
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t-0
// RUN: %exits 0 %t-0 exit | count 0
#include "../exact/Unseen.h"

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

static Unseen Order;
static int AtExit, OnExit, AtQuickExit;

static void expect(bool Holds) {
  if (!Holds)
    abort();
}

static std::vector<int> &numbers() {
  static std::vector<int> Numbers(10, 1);
  return Numbers;
}

static void registerAll() {
  AtExit = OnExit = AtQuickExit = 1;
  atexit([] {
    expect(AtExit == 1);
    AtExit = 2;
  });
  on_exit(
      [](int, void *Of) {
        expect(*static_cast<int *>(Of) == 1);
        *static_cast<int *>(Of) = 2;
      },
      &OnExit);
  at_quick_exit([] {
    expect(AtQuickExit == 1);
    AtQuickExit = 2;
  });
  numbers();
  Order.reach(1);
}

int main(int, char **Arguments) {
  std::thread(registerAll).detach();
  Order.await(1);
  if (Arguments[1] == std::string("quick"))
    quick_exit(0);
}
