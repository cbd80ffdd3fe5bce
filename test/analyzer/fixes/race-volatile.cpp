// The declaration becomes atomic.
// RUN: cp %s %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=race-volatile -Xclang -fixit %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=race-volatile -Werror %t.cpp
// RUN: FileCheck %s --input-file=%t.cpp
#include <atomic>
#include <thread>

static volatile int Ready = 0;
// CHECK: {{^}}static std::atomic<int> Ready = 0;

class Worker {
public:
  void start() {
    Thread = std::thread([this] {
      while (!Stopped && !Ready)
        std::this_thread::yield();
    });
  }
  void stop() {
    Ready = 1;
    Stopped = true;
  }

private:
  std::thread Thread;
  volatile bool Stopped = false;
  // CHECK: {{^}}  std::atomic<bool> Stopped = false;
};
