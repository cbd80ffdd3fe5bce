// A context is cancelled when its owner says so, which is after the send.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

void f() {
  auto Ctx = go::withCancel(go::background());
  auto Errors = go::makeChan<int>();
  go::spawn([=, C = go::Context(Ctx)] {
    go::select(go::recv(Errors), go::recv(C.done()));
  });
  go::WaitGroup Sent;
  Sent.go([=] { Errors.send(1); });
  Sent.wait();
  Ctx.cancel();
}
