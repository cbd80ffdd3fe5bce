// A std::thread that is detached is a strand like any other.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

#include <thread>

void f(bool Early) {
  auto C = go::makeChan<int>();
  std::thread([=] {
    C.send(1); // bug: chan-leak-on-return
  }).detach();
  if (Early)
    return;
  C.recv();
}
