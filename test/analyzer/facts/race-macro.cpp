// Found in a macro, too; nothing there is rewritten.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s wg-add-in-goroutine -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=wg-add-in-goroutine
#include <go/go.h>
#define START(G) go::spawn([&] { G.add(1); G.done(); })

void run() {
  go::WaitGroup Group;
  START(Group); // bug: wg-add-in-goroutine
  Group.wait();
}
