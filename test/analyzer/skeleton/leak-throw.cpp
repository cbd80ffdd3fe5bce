// An exception leaves before the receive.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

void f(bool Bad) {
  auto C = go::makeChan<int>();
  go::spawn([=] {
    C.send(1); // bug: chan-leak-on-return
  });
  if (Bad)
    throw 1;
  C.recv();
}
