// The guard of the other methods, offered above the use that lacks it.
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=race-inconsistent-guard -fdiagnostics-parseable-fixits %s 2>&1 | FileCheck %s
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
// CHECK: warning: 'Balance' is read without 'M', which 3 of 4 uses hold
// CHECK: possible fix: take 'M' above line
// CHECK: fix-it:{{.*}}    std::lock_guard Guard(M);
