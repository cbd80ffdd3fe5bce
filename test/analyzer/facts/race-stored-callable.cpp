// A callable is followed through members, parameters and captures.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s race-local -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=race-local
#include <functional>
#include <memory>
#include <thread>
#include <vector>

struct Source {
  std::function<void()> OnEvent;
  void fire() { OnEvent(); }
};

void member() {
  Source S;
  int Events = 0;
  S.OnEvent = [&] { ++Events; }; // bug: race-local
  std::thread Worker([&] { S.fire(); });
  int N = Events;
  Worker.join();
}

std::thread start(std::function<void()> Fn) {
  return std::thread([Fn] { Fn(); });
}

void parameter() {
  int Runs = 0;
  std::thread Worker = start([&] { ++Runs; }); // bug: race-local
  int N = Runs;
  Worker.join();
}

std::function<void()> counter(int &N) {
  return [&N] { ++N; }; // bug: race-local
}

void returned() {
  int Count = 0;
  Source S;
  S.OnEvent = counter(Count);
  std::thread Worker([&] { S.fire(); });
  int N = Count;
  Worker.join();
}
