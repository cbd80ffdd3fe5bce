// A counting latch that the user's model describes works like a wait group.
// RUN: split-file %s %t
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics -fplugin-arg-heddle-models=%t/latch.yaml %t/main.cpp 2>&1 | FileCheck %t/main.cpp --implicit-check-not=warning:
// RUN: %clang_heddle -std=c++17 -fsyntax-only %t/main.cpp 2>&1 | count 0

//--- latch.yaml
heddle-model: 1
library: ours
types:
  - { name: "ours::CountingLatch", kind: waitgroup }
functions:
  - { name: "ours::CountingLatch::expect", effect: wg-add, amount: "arg(0)" }
  - { name: "ours::CountingLatch::arrive", effect: wg-done }
  - { name: "ours::CountingLatch::await", effect: wg-wait }
//--- main.cpp
#include <thread>
namespace ours {
class CountingLatch {
public:
  void expect(int N);
  void arrive();
  void await();
};
} // namespace ours

void late() {
  ours::CountingLatch Latch;
  std::thread Worker([&] {
    // CHECK: :[[@LINE+1]]:5: warning: 'Latch.expect(1)' runs inside the goroutine it counts
    Latch.expect(1);
    Latch.arrive();
  });
  Latch.await();
  Worker.join();
}

void early() {
  ours::CountingLatch Latch;
  Latch.expect(1);
  std::thread Worker([&] { Latch.arrive(); });
  Latch.await();
  Worker.join();
}
