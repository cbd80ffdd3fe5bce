// The sender gives up when the context is done.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

void f(go::Context Ctx, bool Early) {
  auto C = go::makeChan<int>();
  go::spawn([=] { go::select(go::send(C, 1), go::recv(Ctx.done())); });
  if (Early)
    return;
  C.recv();
}
