// What is written is the member that holds a pointer, not what it leads to.
// RUN: %clang_heddle -fsyntax-only -Werror -Xclang -verify %s
// expected-no-diagnostics
#include <thread>

struct Engine {
  int Pages = 0;
};

struct Worker {
  Engine *E = nullptr;
  std::thread Thread;
};

void run(Engine *Given) {
  Engine *E = Given;
  Worker Workers[2];
  for (Worker &W : Workers) {
    W.E = E;
    W.Thread = std::thread([&W] { W.E->Pages == 3 ? (void)0 : (void)1; });
  }
  for (Worker &W : Workers)
    W.Thread.join();
}
