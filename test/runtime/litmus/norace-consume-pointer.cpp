// A pointer published by a release store and consumed.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

struct Node {
  int Value;
};
static std::atomic<Node *> Newest;

int main() {
  runInOrder(
      [] {
        Node *N = new Node;
        N->Value = 7;
        Newest.store(N, std::memory_order_release);
      },
      [] {
        Node *N = Newest.load(std::memory_order_consume);
        N->Value += 1;
      });
  return Newest.load()->Value == 8 ? 0 : 3;
}
