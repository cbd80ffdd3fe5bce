// A loop that starts at 1 has no length that is known: not compared.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

#include <vector>

int f(const std::vector<int> &Ids) {
  auto C = go::makeChan<int>();
  for (int Id : Ids)
    go::spawn([=] {
      C.send(Id); // missed: chan-leak-on-return
    });
  int Sum = 0;
  for (size_t I = 1; I < Ids.size(); ++I)
    Sum += C.recv();
  return Sum;
}
