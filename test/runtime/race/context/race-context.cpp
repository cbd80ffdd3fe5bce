// What a context does not order: each case is one race on the named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <string>

using namespace std::chrono_literals;
int Shared;

// The owner goes on after cancel; the worker after it heard of it.
RACE(afterCancel, "'Shared'") {
  auto Ctx = go::withCancel(go::background());
  inOrder(
      [&] {
        Ctx.cancel();
        Shared = 1; // races
      },
      [&] {
        Ctx.done().recv();
        Shared = 2; // races
      });
}

// Cancel does not wait for those that it stops.
RACE(workerStillWrites, "'Shared'") {
  Unseen Time;
  go::WaitGroup Wg;
  auto Ctx = go::withCancel(go::background());
  Wg.go([&] {
    Ctx.done().recv();
    Shared = 1; // races
    Time.reach(1);
  });
  Ctx.cancel();
  await(Time, 1);
  Shared = 2; // races
  Wg.wait();
}

// An err() that is still none tells nothing.
RACE(errBeforeCancel, "'Shared'") {
  auto Ctx = go::withCancel(go::background());
  inOrder(
      [&] {
        use(bool(Ctx.err()));
        Shared = 1; // races
      },
      [&] {
        use(bool(Ctx.err()));
        Shared = 2; // races
      });
}

// The second cancel has no effect, hence no edge.
RACE(secondCancel, "'Shared'") {
  auto Ctx = go::withCancel(go::background());
  Ctx.cancel();
  inOrder(
      [&] {
        Shared = 1; // races
        Ctx.cancel();
      },
      [&] {
        Ctx.done().recv();
        Shared = 2; // races
      });
}

// The deadline is nobody's word: it knows the making of the context only.
RACE(deadlineKnowsNobody, "'Shared'") {
  auto Ctx = go::withTimeout(go::background(), 1ms);
  inOrder([&] { Shared = 1; }, // races
          [&] {
            Ctx.done().recv();
            Shared = 2; // races
          });
}

// Children that their parent stops are not ordered with each other.
RACE(childrenOfOneParent, "'Shared'") {
  auto Parent = go::withCancel(go::background());
  auto One = go::withCancel(Parent), Two = go::withCancel(Parent);
  Parent.cancel();
  inOrder(
      [&] {
        One.done().recv();
        Shared = 1; // races
      },
      [&] {
        Two.done().recv();
        Shared = 2; // races
      });
}

// A child that is cancelled says nothing to its parent's listeners.
RACE(childToParent, "'Shared'") {
  auto Parent = go::withCancel(go::background());
  auto Child = go::withCancel(Parent);
  inOrder(
      [&] {
        Shared = 1; // races
        Child.cancel();
      },
      [&] {
        use(bool(Parent.err()));
        Shared = 2; // races
      });
}

// A value in a context is shared by all that hold it.
go::ContextKey<int *> Key;
RACE(valueChanged, "'Shared'") {
  auto Ctx = go::withValue(go::background(), Key, &Shared);
  inOrder([&] { **Ctx.value(Key) = 1; },  // races
          [&] { **Ctx.value(Key) = 2; }); // races
}

// The handle variable is a variable.
go::Context Current;
RACE(handleReplaced, "'Current'") {
  inOrder([] { use(bool(Current.err())); }, // races
          [] {
            Current = go::withValue(Current, Key, &Shared); // races
          });
}
