// What sleeping, timers and tickers do not order: each case is one race on the
// named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"

using namespace std::chrono_literals;
int Shared;

// To sleep long enough is not to synchronise.
RACE(T9_U4_sleepIsNoOrder, "'Shared'") {
  inOrder([] { Shared = 1; }, // races
          [] {
            go::sleep(2ms);
            Shared = 2; // races
          });
}

// Two functions of timers, one after the other in time.
RACE(T6_U7_twoFunctions, "'Shared'") {
  auto Done = go::makeChan<int>(2);
  Unseen Time;
  auto T1 = go::afterFunc(1ms, [&] {
    Shared = 1; // races
    Time.reach(1);
    Done.send(1);
  });
  auto T2 = go::afterFunc(2ms, [&] {
    await(Time, 1);
    Shared = 2; // races
    Done.send(2);
  });
  Done.recv();
  Done.recv();
}

// What the starter does after the start.
RACE(afterTheStart, "'Shared'") {
  auto Done = go::makeChan<int>();
  Unseen Time;
  auto T = go::afterFunc(0ms, [&] {
    await(Time, 1);
    Shared = 2; // races
    Done.send(1);
  });
  Shared = 1; // races
  Time.reach(1);
  Done.recv();
}

// stop() that comes too late does not wait for the function.
RACE(stoppedTooLate, "'Shared'") {
  auto Done = go::makeChan<int>();
  Unseen Time;
  auto T = go::afterFunc(0ms, [&] {
    Shared = 1; // races
    Time.reach(1);
    Done.send(1);
  });
  await(Time, 1);
  use(T.stop());
  Shared = 2; // races
  Done.recv();
}

// A tick says that time has passed, not who did what meanwhile.
RACE(tick, "'Shared'") {
  go::Ticker Tick(1ms);
  inOrder([] { Shared = 1; }, // races
          [&] {
            Tick.C.recv();
            Shared = 2; // races
          });
}

// Two that take ticks of one ticker.
RACE(U7_twoTakeTicks, "'Shared'") {
  go::Ticker Tick(1ms);
  inOrder(
      [&] {
        Tick.C.recv();
        Shared = 1; // races
      },
      [&] {
        Tick.C.recv();
        Shared = 2; // races
      });
}

// A timer that another goroutine started before its write.
RACE(startedBeforeTheWrite, "'Shared'") {
  go::RecvChan<go::Time> Fire;
  auto Hand = go::makeChan<go::RecvChan<go::Time>>(1);
  inOrder(
      [&] {
        Hand.send(go::after(1ms));
        Shared = 1; // races
      },
      [&] {
        Hand.recv().recv();
        Shared = 2; // races
      });
}

// The timer variable is a variable.
RACE(timerReplaced, "the stack") {
  go::Timer Slow(1h);
  inOrder([&] { Slow.stop(); }, // races
          [&] {
            Slow = go::Timer(1h); // races
          });
}
