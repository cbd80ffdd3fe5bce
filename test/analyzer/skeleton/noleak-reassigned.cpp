// A variable that names two channels names neither for sure.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

void f(bool Second, bool Early) {
  auto A = go::makeChan<int>();
  auto B = go::makeChan<int>();
  go::Chan<int> Out = A;
  if (Second)
    Out = B;
  go::spawn([=] { Out.send(1); });
  if (Early && Second)
    B.recv();
  else
    Out.recv();
}
