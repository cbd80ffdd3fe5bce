// The guard is not given back in between.
// RUN: cp %s %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=race-check-then-act -Xclang -fixit %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=race-check-then-act -Werror %t.cpp
// RUN: FileCheck %s --input-file=%t.cpp
#include <mutex>

class Budget {
public:
  bool spend(int N) {
    std::unique_lock Guard(M);
    if (Left < N)
      return false;
    Guard.unlock();
    Guard.lock();
    Left -= N;
    return true;
  }

private:
  std::mutex M;
  int Left = 100;
};
// CHECK: return false;
// CHECK-NEXT: {{^}}    Left -= N;
// CHECK-NEXT: {{^}}    return true;
