// The notes are one interleaving, in order; the fix is the least room that mends.
// RUN: %clang_heddle -std=c++17 -fsyntax-only %s 2>&1 | FileCheck %s
#include <go/go.h>

#include <vector>

// CHECK: notes-and-fix.cpp:[[@LINE+4]]:5: warning: this send to 'C' can block for ever: 'one' can return without receiving from 'C'; it waits for a receiver, and nobody is left to receive [chan-leak-on-return]
void one(bool Early) {
  auto C = go::makeChan<int>();
  go::spawn([=] {
    C.send(1);
  });
  if (Early)
    return;
  C.recv();
}
// CHECK: :[[@LINE-8]]:12: note: (1) 'one' makes 'C' with capacity 0
// CHECK: :[[@LINE-8]]:3: note: (2) 'one' starts the goroutine that will block
// CHECK: :[[@LINE-5]]:5: note: (3) 'one' returns and never receives from 'C'
// CHECK: make 'C' with capacity 1, so that no send waits

// CHECK: warning: this send to 'Results' can block for ever: 'all' can return after 1 receive from 'Results'
int all(const std::vector<int> &Ids) {
  auto Results = go::makeChan<int>();
  for (int Id : Ids)
    go::spawn([=] { Results.send(Id); });
  return Results.recv();
}
// CHECK: make 'Results' with capacity Ids.size(), so that no send waits

// CHECK: warning: this send to 'Eight' can block for ever
int eight() {
  auto Eight = go::makeChan<int>(6);
  go::spawn([=] {
    for (int I = 0; I < 8; ++I)
      Eight.send(I);
  });
  return Eight.recv();
}
// CHECK: make 'Eight' with capacity 8, so that no send waits
