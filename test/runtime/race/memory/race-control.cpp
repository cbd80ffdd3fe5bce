// Accesses hidden in conditions, loops and calls: each case is one race on the
// named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <any>
#include <functional>
#include <optional>
#include <typeinfo>
#include <variant>

int X, Y;

// Conditions.
RACE(leftOfAnd, "'X'") {
  inOrder([] { X = 1; },                  // races
          [] { use(X == 1 && Y == 1); }); // races
}
RACE(rightOfAnd, "'X'") {
  inOrder([] { X = 1; },                  // races
          [] { use(Y == 0 && X == 1); }); // races
}
RACE(rightOfOr, "'X'") {
  inOrder([] { X = 1; },                  // races
          [] { use(Y == 1 || X == 1); }); // races
}
RACE(switchValue, "'X'") {
  inOrder([] { X = 2; }, // races
          [] {
            switch (X) { // races
            case 1:
              use(10);
              break;
            case 7:
              use(20);
            }
          });
}
RACE(switchBody, "'X'") {
  inOrder([] { X = 2; }, // races
          [] {
            switch (Y) {
            case 0:
              [[fallthrough]];
            case 2:
              X = 3; // races
            }
          });
}
RACE(conditionalOperator, "'X'") {
  inOrder([] { X = 2; },           // races
          [] { use(Y ? 3 : X); }); // races
}

// Parts of a loop.
RACE(loopBegin, "'X'") {
  inOrder([] { use(X); }, // races
          [] {
            for (X = 42; Y;) // races
              Y = 0;
          });
}
RACE(loopEnd, "'X'") {
  inOrder([] { X = 1; }, // races
          [] {
            for (int I = 0; I < X; ++I) // races
              use(I);
          });
}
RACE(loopStep, "'X'") {
  inOrder([] { X = 1; }, // races
          [] {
            for (int I = 0; I < 3; ++I, ++X) // races
              use(I);
          });
}

// Arithmetic reads.
RACE(divisor, "'X'") {
  inOrder([] { X = 3; },             // races
          [] { use(Y / (X + 1)); }); // races
}
RACE(rotation, "'X'") {
  inOrder([] { X = 3; }, // races
          [] {
            unsigned V = X; // races
            use(V << 12 | V >> 20);
          });
}

// Initialisers.
RACE(inInitialiser, "'X'") {
  struct Pair {
    int A, B;
  };
  inOrder([] { X = 3; }, // races
          [] {
            Pair P{1, X}; // races
            use(P.B);
          });
}

// Arguments are evaluated by the caller, the callee is chosen by reading it.
[[gnu::noinline]] static int twice(int V) { return 2 * V; }
RACE(argument, "'X'") {
  inOrder([] { X = 3; },          // races
          [] { use(twice(X)); }); // races
}
int (*Function)(int) = twice;
RACE(functionPointer, "'Function'") {
  inOrder([] { Function = [](int V) { return V; }; }, // races
          [] { use(Function(1)); });                  // races
}
std::function<int()> Callable = [] { return 1; };
RACE(functionObject, "'Callable'") {
  inOrder([] { use(Callable()); },              // races
          [] { Callable = [] { return 2; }; }); // races
}

// Objects with virtual functions: the pointer to one, and its state.
struct Shape {
  virtual ~Shape() = default;
  virtual int area() const = 0;
  int Id = 0;
};
struct Square : Shape {
  int Side = 1;
  int area() const override { return Side * Side; } // races
  void grow() { ++Side; }                           // races
};
Square Box;
RACE(stateOfVirtualCall, "'Box'") {
  inOrder([] { Box.grow(); },
          [] {
            Shape *Base = &Box;
            asm("" : "+r"(Base));
            use(Base->area());
          });
}
Square One, Two;
Shape *Chosen = &One;
RACE(objectOfVirtualCall, "'Chosen'") {
  inOrder([] { Chosen = &Two; },        // races
          [] { use(Chosen->area()); }); // races
}
RACE(typeOfObject, "'Chosen'") {
  inOrder([] { Chosen = &Two; },                                   // races
          [] { use(dynamic_cast<Square *>(Chosen) != nullptr); }); // races
}

// Values that may be absent, or one of several.
std::optional<int> Maybe;
RACE(optional, "'Maybe'") {
  inOrder([] { Maybe = 1; },               // races
          [] { use(Maybe.value_or(2)); }); // races
}
std::variant<int, double> Either;
RACE(variant, "'Either'") {
  inOrder([] { Either = 1.5; },         // races
          [] { use(Either.index()); }); // races
}
std::any Any;
RACE(any, "'Any'") {
  inOrder([] { Any = 1; },               // races
          [] { use(Any.has_value()); }); // races
}

// The exception object goes to both that rethrow it.
RACE(sharedException, "a heap block") {
  std::exception_ptr Held;
  try {
    throw 1;
  } catch (...) {
    Held = std::current_exception();
  }
  auto Change = [&](int By) {
    try {
      std::rethrow_exception(Held);
    } catch (int &E) {
      E += By; // races
    }
  };
  inOrder([&] { Change(1); }, [&] { Change(2); });
}
