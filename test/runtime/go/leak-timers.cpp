// Timers that are still armed when the process ends are leaks, one report a
// place; those that somebody stops, or has a hold of, are not.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t ticker | FileCheck %s --check-prefix=TICKER
// RUN: %exits 66 %t functions | FileCheck %s --check-prefix=FUNCTION
// RUN: %exits 66 %t contexts | FileCheck %s --check-prefix=CONTEXT
// RUN: %exits 66 %t parked | FileCheck %s --check-prefix=PARKED
// RUN: env HEDDLE=leaks=0 %exits 0 %t ticker | count 0
// RUN: echo leak:ticker > %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 0 %t ticker | count 0
// RUN: %exits 0 %t noStatic | count 0
// RUN: %exits 0 %t noStopped | count 0
// RUN: %exits 0 %t noSleeper | count 0
// RUN: %exits 0 %t noScope | count 0
// RUN: %exits 0 %t noSecondMain | count 0
#include "../race/GoCase.h"
#include <memory>
#include <vector>

using namespace std::chrono_literals;

RACE(ticker) { new go::Ticker(1h); }
// TICKER: LEAK 1 timer still armed at exit (ticker, {{.*}}leak-timers.cpp:[[@LINE-1]]:
// TICKER: every 3.6e+06 ms
// TICKER: 1 problem: 1 leak

RACE(functions) {
  for (int I = 0; I < 3; ++I)
    go::afterFunc(1h, [] {});
  auto Kept = go::afterFunc(1h, [] {});
  Kept.stop();
}
// FUNCTION: LEAK 3 timers still armed at exit (afterFunc, {{.*}}leak-timers.cpp:[[@LINE-4]]:
// FUNCTION: 1 problem: 1 leak

RACE(contexts) { // a plain context: nobody can cancel it
  go::Context Lost = go::withTimeout(go::background(), 1h);
  auto Child = go::withTimeout(Lost, 1min);
}
// CONTEXT: LEAK 1 timer still armed at exit (context, {{.*}}leak-timers.cpp:[[@LINE-3]]:
// CONTEXT: 1 problem: 1 leak

// The goroutine is the leak, and the ticker is the goroutine's.
RACE(parked) {
  auto Never = go::makeChan<int>();
  go::spawn([=] {
    go::Ticker Tick(1h);
    Never.recv();
  });
}
// PARKED: LEAK 1 goroutine still blocked at exit
// PARKED: 1 problem: 1 leak

std::vector<go::Ticker> Tickers; // stopped by its destructor

NORACE(noStatic) { Tickers.emplace_back(1h); }

NORACE(noStopped) {
  auto *Tick = new go::Ticker(1h);
  auto *Once = new go::Timer(1h);
  auto Later = go::afterFunc(1h, [] {});
  Tick->stop();
  Once->stop();
  Later.stop();
  auto Ctx = go::withTimeout(go::background(), 1h);
  go::select(go::after(1h), go::otherwise);
}

// What it owns may lie anywhere.
NORACE(noSleeper) {
  go::spawn([] {
    auto Tick = std::make_unique<go::Ticker>(1h);
    go::sleep(1h);
  });
  go::sleep(1ms);
}

NORACE(noScope) {
  go::Ticker Tick(1h);
  go::Timer Once(1h);
  auto After = go::after(1h), Again = go::tick(1h);
}

// A timer of the first world can be used in the second.
NORACE(noSecondMain) {
  static go::Timer *Once = new go::Timer(1h);
  static bool Second = false;
  if (!Second)
    std::atexit([] {
      Second = true;
      go::main([] {
        Once->reset(1ms);
        Once->C.recv();
      });
    });
}
