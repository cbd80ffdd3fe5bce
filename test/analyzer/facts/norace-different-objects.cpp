// Fields of different objects are different containers.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <thread>

struct Part {
  std::map<int, int> Data;
};

void run() {
  Part A, B;
  Part *P = &A;
  std::thread Worker([&] { P->Data[1] = 1; });
  B.Data[1] = 1;
  Worker.join();
}

void jobs() {
  auto One = [] {
    std::map<int, int> Own;
    std::thread Inner([&] { Own[1] = 1; });
    Inner.join();
    return Own.size();
  };
  std::thread A(One), B(One);
  A.join();
  B.join();
}
