// Captures of captures lead to the variable itself.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <thread>
#include <vector>

int run() {
  std::vector<int> Items;
  auto Outer = [&] {
    std::thread Inner([&Items] {
      Items.push_back(1); // bug: map-unguarded
    });
    Items.clear();
    Inner.join();
  };
  Outer();
  return int(Items.size());
}
