// Who runs is not known, or is known to be something else.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s race-local -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=race-local
#include <functional>
#include <thread>

struct Source {
  std::function<void()> OnEvent;
  void fire() { OnEvent(); }
};

// Either may be called: the first is not.
void two(bool First) {
  Source S;
  int Events = 0, Others = 0;
  S.OnEvent = [&] { ++Events; };
  S.OnEvent = [&] { ++Others; };
  std::thread Worker([&] { S.fire(); });
  int N = Events;
  Worker.join();
}

// Two objects, each with its own.
void objects() {
  Source A, B;
  int Events = 0;
  A.OnEvent = [&] { ++Events; };
  B.OnEvent = [] {};
  std::thread Worker([&] { B.fire(); });
  A.fire();
  Worker.join();
}

std::function<void()> make();

void unknown() {
  Source S;
  int Events = 0;
  S.OnEvent = [&] { ++Events; };
  S.OnEvent = make();
  std::thread Worker([&] { S.fire(); });
  int N = Events;
  Worker.join();
}
