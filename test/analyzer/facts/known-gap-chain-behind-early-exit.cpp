// Two tasks in a chain, which main lets go only after its own use, or never:
// the early way out keeps the order from being seen.
// RUN: %clang_heddle -std=c++17 -fsyntax-only %s 2>&1 | count 0
// XFAIL: *
#include <go/go.h>

#include <string>

bool chained(int Rounds) {
  for (int I = 0; I < Rounds; ++I) {
    std::string Text;
    auto First = go::makeChan<int>(1), Second = go::makeChan<int>(1),
         Done = go::makeChan<int>(1);
    go::spawn([=, &Text] {
      Second.recv();
      Text += "2";
      Done.send(1);
    });
    go::spawn([=, &Text] {
      First.recv();
      Text += "1";
      Second.send(1);
    });
    if (!Text.empty())
      go::panic("used too early");
    First.send(1);
    Done.recv();
  }
  return true;
}
