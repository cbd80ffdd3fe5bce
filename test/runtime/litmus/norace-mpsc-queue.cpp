// A queue of many producers and one consumer, linked by release stores.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

struct Node {
  std::atomic<Node *> Next{nullptr};
  int Value = 0;
};
static Node Stub;
static std::atomic<Node *> Newest{&Stub};
static int Sum;

static void push(int Value) {
  Node *N = new Node;
  N->Value = Value;
  Node *Before = Newest.exchange(N, std::memory_order_acq_rel);
  Before->Next.store(N, std::memory_order_release);
}

static void drain() {
  for (Node *N = &Stub; (N = N->Next.load(std::memory_order_acquire));)
    Sum += N->Value;
}

int main() {
  runInOrder([] { push(1); }, [] { push(2); }, drain);
  return Sum == 3 ? 0 : 3;
}
