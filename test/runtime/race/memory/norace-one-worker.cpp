// Goroutines that share one thread: no case may be reported. libstdc++ leaves
// its atomics out while a process has one thread.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t GOMAXPROCS=1
#include "../GoCase.h"
#include <memory>
#include <string>

// The counts of a shared_ptr are its own, also when the last one frees.
NORACE(sharedPointers) {
  go::WaitGroup Wg;
  auto P = std::make_shared<std::string>("text");
  for (int I = 0; I < 6; ++I)
    Wg.go([P, W = std::weak_ptr(P)] {
      for (int J = 0; J < 20; ++J) {
        auto Copy = W.lock();
        use(Copy->size());
      }
    });
  P.reset();
  Wg.wait();
}

// The last owner writes in the destructor.
NORACE(lastOwnerDestroys) {
  struct Owned {
    int Value = 1;
    ~Owned() { Value = 0; }
  };
  go::WaitGroup Wg;
  for (int Round = 0; Round < 10; ++Round) {
    auto P = std::make_shared<Owned>();
    for (int I = 0; I < 3; ++I)
      Wg.go([P] { use(P->Value); });
  }
  Wg.wait();
}
