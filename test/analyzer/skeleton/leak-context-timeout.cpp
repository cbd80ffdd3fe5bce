// A context with a time limit can be done before the answer comes.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

#include <chrono>

int f() {
  auto Ctx = go::withTimeout(go::background(), std::chrono::milliseconds(1));
  auto Answer = go::makeChan<int>();
  go::spawn([=] {
    Answer.send(1); // bug: chan-leak-on-return
  });
  int V = 0;
  switch (go::select(go::recv(Answer, V), go::recv(Ctx.done()))) {
  case 0:
    return V;
  default:
    return -1;
  }
}
