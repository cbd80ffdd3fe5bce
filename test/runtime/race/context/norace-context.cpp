// What a context orders: no case may be reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <string>

using namespace std::chrono_literals;
int Shared;

// Before cancel is before what done() and err() release.
NORACE(K10_H18_cancelBeforeDone) {
  auto Ctx = go::withCancel(go::background());
  go::WaitGroup Wg;
  Wg.go([&] {
    Ctx.done().recv();
    Shared = 2;
  });
  Shared = 1;
  Ctx.cancel();
  Wg.wait();
}
NORACE(K10_H18_cancelBeforeErr) {
  auto Ctx = go::withCancel(go::background());
  go::WaitGroup Wg;
  Wg.go([&] {
    while (!Ctx.err())
      go::yield();
    Shared = 2;
  });
  Shared = 1;
  Ctx.cancel();
  Wg.wait();
}

// It goes down to children and their children.
NORACE(cancelOfAncestor) {
  auto Root = go::withCancel(go::background());
  auto Child = go::withTimeout(Root, 1h);
  auto Leaf = go::withCancel(Child);
  go::WaitGroup Wg;
  Wg.go([&] {
    Leaf.done().recv();
    use(bool(Leaf.err()) + Shared);
  });
  Shared = 1;
  Root.cancel();
  Wg.wait();
}

// What preceded the making of the context precedes its deadline.
NORACE(makingBeforeDeadline) {
  Shared = 1;
  auto Ctx = go::withTimeout(go::background(), 1ms);
  Ctx.done().recv();
  Shared = 2;
}

// Values are read by all, cancel may be called by all.
go::ContextKey<std::string> Key;
NORACE(usedByAll) {
  auto Ctx = go::withCancel(
      go::withValue(go::background(), Key, std::string("a value")));
  go::WaitGroup Wg;
  for (int I = 0; I < 5; ++I)
    Wg.go([&] {
      use(Ctx.value(Key)->size());
      auto Mine = go::withCancel(Ctx);
      Ctx.cancel();
      Mine.done().recv();
    });
  Wg.wait();
}

// Owners end at any time, handles outlive them.
NORACE(handleOutlivesOwner) {
  go::WaitGroup Wg;
  for (int I = 0; I < 5; ++I) {
    auto Ctx = go::withTimeout(go::background(), 1h);
    Wg.go([C = go::Context(Ctx)] { C.done().recv(); });
  }
  Wg.wait();
}

// A worker that answers, and a caller that may have given up.
NORACE(lateAnswer) {
  auto Ctx = go::withTimeout(go::background(), 1ms);
  auto Answer = go::makeChan<std::string>(1);
  go::WaitGroup Wg;
  Wg.go([=, C = go::Context(Ctx)] {
    C.done().recv();
    Answer.send(std::string(40, 'a'));
  });
  std::string Text;
  go::select(go::recv(Answer, Text), go::recv(Ctx.done()));
  Wg.wait();
}

NORACE(K12_H18_afterFuncByDeadline) {
  auto Ctx = go::withTimeout(go::background(), 1ms);
  auto Done = go::makeChan<int>();
  Shared = 1;
  go::afterFunc(Ctx, [=] {
    Shared = 2;
    Done.send(1);
  });
  Done.recv();
}

struct Fading {
  int Value = 7;
  ~Fading() { Value = 0; }
};
go::ContextKey<Fading> FadingKey;

// The timer has the last count of the context, and of the value above it.
NORACE(K5_valueEndsAfterUsesFromBelow) {
  {
    auto Above = go::withValue(go::background(), FadingKey, Fading());
    go::Context Plain = go::withTimeout(Above, 2ms);
    use(Plain.value(FadingKey)->Value);
  }
  go::sleep(10ms);
}
