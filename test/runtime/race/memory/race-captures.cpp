// Variables that a goroutine shares with its maker by reference: each case is
// one race at the named place.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <stdexcept>

int Shared;

// A captured local variable.
RACE(capturedLocal, "the stack") {
  int Local = 0;
  inOrder([&] { Local = 1; },   // races
          [&] { use(Local); }); // races
}

// The loop goes on and changes its variable, the goroutine reads it.
RACE(loopVariable, "the stack") {
  Unseen Time;
  go::WaitGroup Wg;
  for (int I = 0; I < 2; ++I) // races
    if (I == 0) {
      Wg.go([&] {
        use(I); // races
        Time.reach(1);
      });
      await(Time, 1);
    }
  Wg.wait();
}

// A parameter, a result, an error variable that all write.
static void parameter(int P) {
  inOrder([&] { P = 1; },   // races
          [&] { use(P); }); // races
}
RACE(capturedParameter, "the stack") { parameter(3); }
RACE(errorVariable, "the stack") {
  std::optional<std::string> Err;
  inOrder([&] { Err = "first"; },         // races
          [&] { use(Err.has_value()); }); // races
}

// The structure is a copy, its pointer is not.
struct View {
  int *Data;
};
RACE(copyOfPointer, "'Shared'") {
  View V{&Shared};
  inOrder([V] { *V.Data = 1; }, // races
          [] { use(Shared); }); // races
}

// this is captured, not the object.
struct Worker {
  int Done = 0;
  void run() {
    inOrder([this] { Done = 1; },   // races
            [this] { use(Done); }); // races
  }
};
RACE(capturedThis, "the stack") { Worker().run(); }

// std::ref passes a reference through spawn's copies.
RACE(argumentByRef, "the stack") {
  int Local = 0;
  Unseen Time;
  auto Done = go::makeChan<int>(1);
  go::spawn(
      [&](int &V) {
        V = 1; // races
        Time.reach(1);
        Done.send(1);
      },
      std::ref(Local));
  await(Time, 1);
  use(Local); // races
  Done.recv();
}

// A destructor at the end of the scope, as Go's defer.
RACE(deferred, "'Shared'") {
  inOrder(
      [] {
        go::Defer Last([] { Shared = 1; }); // races
      },
      [] { use(Shared); }); // races
}
RACE(deferredOnPanic, "'Shared'") {
  inOrder(
      [] {
        try {
          go::Defer Last([] { Shared = 1; }); // races
          go::panic("out of luck");
        } catch (const go::Panic &) {
        }
      },
      [] { use(Shared); }); // races
}
RACE(handlerOfException, "'Shared'") {
  auto Fail = [] {
    try {
      throw std::runtime_error("out of luck");
    } catch (const std::exception &) {
      ++Shared; // races
    }
  };
  inOrder(Fail, Fail);
}

// A destructor of a captured object runs on the goroutine.
struct Last {
  explicit Last(bool Mine) : Mine(Mine) {}
  Last(Last &&O) noexcept : Mine(std::exchange(O.Mine, false)) {}
  ~Last() {
    if (Mine)
      Shared = 1; // races
  }
  bool Mine;
};
RACE(U10_destructorOfClosure, "'Shared'") {
  int Before = go::numGoroutine();
  go::spawn([L = Last(true)] {});
  while (go::numGoroutine() > Before)
    go::yield();
  use(Shared); // races
}

// A reference into an object leaves the function.
static int &element() {
  static int Values[4];
  return Values[2];
}
RACE(returnedReference, "'element()::Values") {
  inOrder([] { element() = 1; },   // races
          [] { use(element()); }); // races
}

// Both write what a goroutine's own stack holds.
RACE(stackOfGoroutine, "the stack of G2") {
  auto Hand = go::makeChan<int *>();
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    int Local = 0;
    Hand.send(&Local);
    await(Time, 1);
    Local = 1; // races
    asm volatile("" : : "r"(&Local) : "memory");
  });
  *Hand.recv() = 2; // races
  Time.reach(1);
  Wg.wait();
}

// A thread_local variable of main's thread, by its address.
thread_local int PerThread;
RACE(threadLocalByPointer, "a thread-local variable of T1") {
  int *Mine = &PerThread;
  inOrder([=] { *Mine = 1; },   // races
          [=] { use(*Mine); }); // races
}

// A goroutine that a goroutine made, and one that nobody waits for.
RACE(grandchild, "'Shared'") {
  inOrder(
      [] {
        go::WaitGroup Wg;
        Wg.go([] { Shared = 1; }); // races
        Wg.wait();
      },
      [] { use(Shared); }); // races
}
RACE(G5_U1_siblings, "'Shared'") {
  Unseen Time;
  go::spawn([&] {
    Shared = 1; // races
    Time.reach(1);
  });
  await(Time, 1);
  go::WaitGroup Wg;
  Wg.go([] { Shared = 2; }); // races
  Wg.wait();
}

// A lambda that runs later than its maker thinks.
RACE(afterSpawn, "'Shared'") {
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    await(Time, 1);
    use(Shared); // races
  });
  Shared = 1; // races
  Time.reach(1);
  Wg.wait();
}
