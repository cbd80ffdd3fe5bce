// The guard of the other methods, above the use that lacks it.
// RUN: cp %s %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=race-inconsistent-guard -Xclang -fixit %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=race-inconsistent-guard -Werror %t.cpp
// RUN: FileCheck %s --input-file=%t.cpp
#include <mutex>

class Account {
public:
  void deposit(int N) {
    std::lock_guard Guard(M);
    Balance += N;
  }
  void withdraw(int N) {
    std::lock_guard Guard(M);
    Balance -= N;
  }
  void close() {
    std::lock_guard Guard(M);
    Balance = 0;
  }
  int balance() const {
    return Balance;
  }

private:
  mutable std::mutex M;
  int Balance = 0;
};
// CHECK: int balance() const {
// CHECK-NEXT: {{^}}    std::lock_guard Guard(M);
// CHECK-NEXT: {{^}}    return Balance;
