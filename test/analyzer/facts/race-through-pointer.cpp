// A pointer that is never set anew is what it points to.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <memory>
#include <thread>

void plain() {
  std::map<int, int> Data;
  auto *P = &Data;
  std::thread Worker([P] {
    (*P)[1] = 1; // bug: map-unguarded
  });
  (void)Data.size();
  Worker.join();
}

void shared() {
  auto Data = std::make_shared<std::map<int, int>>();
  std::thread Worker([Data] {
    (*Data)[1] = 1; // bug: map-unguarded
  });
  Data->clear();
  Worker.detach();
}
