// Channels that members are initialised with, by whichever way of making them.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

#include <memory>

struct Declared {
  go::Chan<int> Out{0};
  void run() {
    Out.send(1); // bug: chan-leak-on-return
  }
};
void local() {
  Declared D;
  go::spawn([&] { D.run(); });
}

struct Initialised {
  go::Chan<int> Out;
  explicit Initialised(int) : Out(0) {}
  void run() {
    Out.send(1); // bug: chan-leak-on-return
  }
};
void shared() {
  auto I = std::make_shared<Initialised>(0);
  go::spawn([=] { I->run(); });
}

struct Self : std::enable_shared_from_this<Self> {
  go::Chan<int> Out = go::makeChan<int>();
  void start() {
    go::spawn([Me = shared_from_this()] {
      Me->Out.send(1); // bug: chan-leak-on-return
    });
  }
};
void fromItself() {
  auto S = std::make_shared<Self>();
  S->start();
}
void receives() {
  auto S = std::make_shared<Self>();
  S->start();
  S->Out.recv();
}
