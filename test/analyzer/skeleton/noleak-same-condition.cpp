// One condition decides whether to send and to receive.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

int f(const bool Remote) {
  auto C = go::makeChan<int>();
  go::spawn([=] {
    if (Remote)
      C.send(1);
  });
  if (Remote)
    return C.recv();
  return 0;
}
