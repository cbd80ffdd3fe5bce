// A value that ends the loop ends the receiving for good.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

void f() {
  auto C = go::makeChan<int>();
  go::spawn([=] {
    C.send(0);
    C.send(1); // missed: chan-leak-on-return
  });
  while (C.recv() != 0)
    ;
}
