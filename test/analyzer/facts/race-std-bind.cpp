// std::bind and function objects are tasks.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <functional>
#include <map>
#include <thread>

struct Filler {
  std::map<int, int> &Data;
  void operator()() {
    Data[1] = 1; // bug: map-unguarded
  }
};

void add(std::map<int, int> &Data, int K) {
  Data[K] = 1; // bug: map-unguarded
}

void bound() {
  std::map<int, int> Data;
  std::thread Worker(std::bind(add, std::ref(Data), 1));
  (void)Data.size();
  Worker.join();
}

void object() {
  std::map<int, int> Data;
  Filler F{Data};
  std::thread Worker(F);
  (void)Data.size();
  Worker.join();
}
