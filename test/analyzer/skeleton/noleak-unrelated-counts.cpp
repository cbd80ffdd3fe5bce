// How two unrelated counts compare is not known.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

#include <vector>

int f(const std::vector<int> &Ids, int Wanted) {
  auto C = go::makeChan<int>();
  for (size_t I = 0; I < Ids.size(); ++I)
    go::spawn([=] { C.send(1); });
  int Sum = 0;
  for (int I = 0; I < Wanted; ++I)
    Sum += C.recv();
  return Sum;
}
