// A close on every way out lets the consumer end.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

void f(bool Early) {
  auto C = go::makeChan<int>(1);
  go::Defer Close([=] { C.close(); });
  go::spawn([=] {
    for (int V : C)
      (void)V;
  });
  if (Early)
    return;
  C.send(1);
}
