// With room for all, waiting first is right.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

#include <vector>

int f(const std::vector<int> &Ids) {
  auto C = go::makeChan<int>(Ids.size());
  go::WaitGroup All;
  for (int Id : Ids)
    All.go([=] { C.send(Id); });
  All.wait();
  int Sum = 0;
  for (size_t I = 0; I < Ids.size(); ++I)
    Sum += C.recv();
  return Sum;
}
