// A thread that a helper starts and returns is joined by its caller.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <thread>

std::thread start(std::map<int, int> &Data) {
  std::thread Worker([&] { Data[1] = 1; });
  return Worker;
}

std::thread startAtOnce(std::map<int, int> &Data) {
  return std::thread([&] { Data[1] = 1; });
}

int run() {
  std::map<int, int> Data;
  std::thread Worker = start(Data);
  Worker.join();
  Worker = startAtOnce(Data);
  Worker.join();
  return Data[1];
}
