// The goroutine sends in a function that it calls.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

static void report(go::SendChan<int> To, int V) {
  To.send(V); // bug: chan-leak-on-return
}
void f(bool Early) {
  auto C = go::makeChan<int>();
  go::spawn([=] { report(C, 1); });
  if (Early)
    return;
  C.recv();
}
