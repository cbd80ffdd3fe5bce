// The receive is in a helper, on every way.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

static int take(go::RecvChan<int> From) { return From.recv(); }
int f(bool Loud) {
  auto C = go::makeChan<int>();
  go::spawn([=] { C.send(1); });
  if (Loud)
    return take(C) + 1;
  return take(C);
}
