// The caller of the helper does not wait.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <thread>

std::thread start(std::map<int, int> &Data) {
  return std::thread([&] {
    Data[1] = 1; // bug: map-unguarded
  });
}

int run() {
  std::map<int, int> Data;
  std::thread Worker = start(Data);
  int N = int(Data.size());
  Worker.join();
  return N;
}
