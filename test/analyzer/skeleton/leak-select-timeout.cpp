// A select that takes its time-out leaves the sender.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

#include <chrono>

bool f() {
  auto C = go::makeChan<int>();
  go::spawn([=] {
    C.send(1); // bug: chan-leak-on-return
  });
  int V = 0;
  return go::select(go::recv(C, V), go::after(std::chrono::milliseconds(1))) ==
         0;
}
