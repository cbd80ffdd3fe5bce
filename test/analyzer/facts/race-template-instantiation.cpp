// Only instantiations have facts.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <thread>

template <class K> struct Cache {
  std::map<K, int> Data;
  void fill(K Key) {
    std::thread Worker([&] {
      Data[Key] = 1; // bug: map-unguarded
    });
    (void)Data.size();
    Worker.join();
  }
};

template <class K> void never(std::map<K, int> &Data) {
  std::thread Worker([&] { Data[K()] = 1; });
  (void)Data.size();
  Worker.join();
}

void use(Cache<int> &C) { C.fill(1); }
