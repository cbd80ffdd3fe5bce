// One way out forgets the close that another has.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

void f(bool Error) {
  auto C = go::makeChan<int>();
  go::spawn([=] {
    for (int V : C) // bug: chan-leak-on-return
      (void)V;
  });
  if (Error)
    return;
  C.close();
}
