// A deadlock in a static constructor is fatal as any other, and go::main does
// not run beside goroutines that static constructors have started.
// RUN: %clangxx -std=c++17 -O1 -I%src/runtime/include %s -pthread -o %t \
// RUN:     %lib/libheddle_go.a
// RUN: %exits 2 env BLOCKS=1 %t | FileCheck --check-prefix=ASLEEP %s
// RUN: %exits 2 %t | FileCheck --check-prefix=MAIN %s
#include <go/go.h>

#include <cstdlib>

struct Early {
  go::Chan<int> In = go::makeChan<int>(), Out = go::makeChan<int>();
  Early() {
    // ASLEEP: fatal error: all goroutines are asleep - deadlock!
    // ASLEEP: [chan receive]:
    // ASLEEP: D6_before-main.cpp:[[@LINE+1]]
    go::spawn([this] { Out.send(In.recv() + In.recv()); });
    In.send(1);
    if (std::getenv("BLOCKS"))
      Out.recv();
  }
};

static Early BeforeMain;

int main() {
  // MAIN: fatal error: go::main called while goroutines run already
  return go::main([] {});
}
