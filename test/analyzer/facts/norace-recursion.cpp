// Recursive functions and tasks end the expansion, not the analysis.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <mutex>
#include <thread>

std::mutex Lock;
std::map<int, int> Data;

void walk(int N) {
  if (N == 0)
    return;
  {
    std::lock_guard<std::mutex> Guard(Lock);
    Data[N]++;
  }
  std::thread Child([N] { walk(N - 1); });
  walk(N - 2);
  Child.join();
}
