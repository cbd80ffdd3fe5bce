// What ends the process leaves nobody behind.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

[[noreturn]] void fatal();
void f(bool Bad) {
  auto C = go::makeChan<int>();
  go::spawn([=] { C.send(1); });
  if (Bad)
    fatal();
  C.recv();
}
