// Two guards of one function become one; the cycle is gone.
// RUN: cp %s %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -Xclang -fixit %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -Werror %t.cpp
// RUN: FileCheck %s --input-file=%t.cpp
#include <mutex>
#include <thread>

struct Accounts {
  std::mutex Saving, Giro;
  int A = 0, B = 0;
  void deposit(int N) {
    std::lock_guard First(Saving);
    std::lock_guard Second(Giro);
    A += N;
    B -= N;
  }
  void withdraw(int N) {
    std::lock_guard<std::mutex> First{Giro};
    std::lock_guard<std::mutex> Second{Saving};
    A -= N;
    B += N;
  }
};

void run() {
  Accounts Mine;
  std::thread Worker([&] { Mine.deposit(1); });
  Mine.withdraw(1);
  Worker.join();
}
// CHECK: void withdraw(int N) {
// CHECK-NEXT: {{^}}    std::scoped_lock First(Giro, Saving);
// CHECK-NEXT: {{^}}    A -= N;
