// A virtual call of which the file shows all targets, and there is one.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s race-local -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=race-local
#include <memory>
#include <thread>

struct Plugin {
  virtual ~Plugin() = default;
  virtual void run() = 0;
};
struct Counting : Plugin {
  int Calls = 0;
  void run() override { ++Calls; } // bug: race-local
};
struct Quiet {
  virtual ~Quiet() = default;
  virtual void run() {}
};
struct Loud : Quiet {
  int Calls = 0;
  void run() override { ++Calls; }
};

void one(Plugin &P) {
  std::thread Worker([&] { P.run(); });
  P.run();
  Worker.join();
}
// The base may be meant.
void two(Quiet &P) {
  std::thread Worker([&] { P.run(); });
  P.run();
  Worker.join();
}
