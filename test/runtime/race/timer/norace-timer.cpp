// What timers order: no case may be reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"

using namespace std::chrono_literals;
int Shared;

// The start of a timer is before its function.
NORACE(T6_H17_startBeforeFunction) {
  auto Done = go::makeChan<int>();
  Shared = 1;
  auto T = go::afterFunc(1ms, [=] {
    Shared = 2;
    Done.send(1);
  });
  Done.recv();
  Shared = 3;
}

// A function that starts its timer anew, through a chain.
NORACE(chainOfFunctions) {
  auto Done = go::makeChan<int>();
  std::function<void()> Step = [&] {
    if (++Shared < 5)
      go::afterFunc(0ms, Step);
    else
      Done.send(1);
  };
  go::afterFunc(0ms, Step);
  Done.recv();
  use(Shared);
}

// The start is before the receive, by whomever.
NORACE(T6_H17_startBeforeReceive) {
  Shared = 1;
  auto Fire = go::after(1ms);
  go::WaitGroup Wg;
  Wg.go([=] {
    Fire.recv();
    Shared = 2;
  });
  Wg.wait();
}

// So is a reset.
NORACE(H17_resetBeforeReceive) {
  go::Timer T(1h);
  auto Set = go::makeChan<int>();
  go::WaitGroup Wg;
  Wg.go([&] {
    T.C.recv();
    Shared = 2;
  });
  Shared = 1;
  T.reset(1ms);
  Wg.wait();
}
NORACE(H17_resetOfFunction) {
  auto Done = go::makeChan<int>();
  auto T = go::afterFunc(1h, [=] {
    use(Shared);
    Done.send(1);
  });
  Shared = 1;
  T.reset(1ms);
  Done.recv();
}

// stop() in time: the function never runs.
NORACE(stoppedInTime) {
  auto T = go::afterFunc(1h, [] { Shared = 1; });
  use(T.stop());
  Shared = 2;
}

// Many timers, stopped and reset by many.
NORACE(storm) {
  go::Timer T(1ms);
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([&] {
      for (int J = 0; J < 20; ++J) {
        T.reset(1us * J);
        go::sleep(1us);
        T.stop();
      }
    });
  Wg.wait();
}

// One reader of ticks, whose count is its own.
NORACE(ticks) {
  go::Ticker Tick(100us);
  go::WaitGroup Wg;
  Wg.go([&] {
    for (int I = 0; I < 3; ++I) {
      Tick.C.recv();
      ++Shared;
    }
  });
  Wg.wait();
  use(Shared);
}
