// A handle that is stored may be received from elsewhere.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

struct Registry {
  go::Chan<int> Last;
} Known;
void f(bool Early) {
  auto C = go::makeChan<int>();
  Known.Last = C;
  go::spawn([=] { C.send(1); });
  if (Early)
    return;
  C.recv();
}
