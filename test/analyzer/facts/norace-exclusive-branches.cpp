// Either one task or the other.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <thread>

int run(bool Fast) {
  std::map<int, int> Data;
  std::thread Worker;
  if (Fast)
    Worker = std::thread([&] { Data[1] = 1; });
  else
    Worker = std::thread([&] { Data[2] = 2; });
  Worker.join();
  return Data[1];
}
