// Two helpers deep, with the lock taken in only one.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <mutex>
#include <thread>

struct Store {
  std::mutex Lock;
  std::map<int, int> Data;
  void put(int K) {
    std::lock_guard<std::mutex> Guard(Lock);
    insert(K);
  }
  void putFast(int K) { insert(K); }
  void insert(int K) {
    Data[K] = 1; // bug: map-unguarded
  }
};

void run(Store &S) {
  std::thread Worker([&] { S.put(1); });
  S.putFast(2);
  Worker.join();
}
