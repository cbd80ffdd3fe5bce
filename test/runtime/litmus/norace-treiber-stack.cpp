// A stack without locks: pushes release, and who takes all of it acquires.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

struct Node {
  Node *Below;
  int Value;
};
static std::atomic<Node *> Top;
static int Sum;

static void push(int Value) {
  Node *N = new Node;
  N->Below = Top.load(std::memory_order_relaxed);
  N->Value = Value;
  while (!Top.compare_exchange_weak(N->Below, N, std::memory_order_release,
                                    std::memory_order_relaxed)) {
  }
}

static void takeAll() {
  Node *N = Top.exchange(nullptr, std::memory_order_acquire);
  Sum += N->Value;
}

int main() {
  runInOrder([] { push(1); }, [] { push(2); }, takeAll);
  return Sum == 2 ? 0 : 3;
}
