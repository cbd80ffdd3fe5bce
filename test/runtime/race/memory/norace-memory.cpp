// Accesses side by side, or that nobody makes: no case may be reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

int X, Y, Z;

// Different fields, bytes of a word, elements.
NORACE(fields) {
  struct {
    int A, B;
  } S;
  inOrder([&] { S.A = 1; }, [&] { S.B = 2; });
  use(S.A + S.B);
}
NORACE(bytesOfWord) {
  uint8_t B[8] = {};
  Unseen Time;
  go::WaitGroup Wg;
  for (int I = 0; I < 8; ++I)
    Wg.go([&, I] {
      for (int J = 0; J < 100; ++J)
        ++B[I];
    });
  Wg.wait();
}
NORACE(mixedSizes) {
  alignas(8) char B[16] = {};
  inOrder(
      [&] {
        std::memset(B, 1, 3);
        std::memset(B + 9, 1, 4);
      },
      [&] {
        std::memset(B + 3, 2, 6);
        B[13] = 2;
      });
}
NORACE(bitFieldsApart) {
  struct {
    unsigned A : 3, : 0, B : 5;
  } F{};
  inOrder([&] { F.A = 1; }, [&] { F.B = 2; });
}
NORACE(elements) {
  std::vector<int> V(10);
  inOrder([&] { V[0] = 1; }, [&] { use(V[1] + V.size() + V.capacity()); });
}
NORACE(partsCopied) {
  int A[10] = {}, B[10] = {};
  inOrder([&] { A[5] = 1; }, [&] { std::memcpy(A, B, 5 * sizeof(int)); });
  use(A[3]);
}
NORACE(slicesByPointer) {
  std::string Text(100, 'a');
  inOrder([P = &Text[0]] { std::memset(P, 'b', 50); },
          [P = &Text[50]] { std::memset(P, 'c', 50); });
}

// What is not evaluated is not read.
NORACE(shortCircuit) {
  inOrder([] { X = 1; }, [] { use((Y == 1 && X == 1) || Y == 0 || X == 1); });
}
NORACE(otherBranch) {
  inOrder([] { X = 1; },
          [] {
            switch (Y) {
            case 0:
              Z = 1;
              break;
            default:
              X = 2;
            }
            use(Y ? X : 3);
          });
}

// Addresses are no accesses.
NORACE(addressOnly) {
  std::map<int, int> M{{1, 1}};
  int *P = &M[1];
  inOrder([&] { *P = 2; }, [&] { use(reinterpret_cast<intptr_t>(P + 1)); });
}
NORACE(methodOfEmptyBase) {
  struct Empty {
    int answer() const { return 42; }
  };
  struct Derived : Empty {
    int Value = 0;
  } D;
  inOrder([&] { D.Value = 1; }, [&] { use(D.answer()); });
}

// Many read.
NORACE(readers) {
  std::map<std::string, std::vector<int>> M{{"a", {1, 2}}, {"b", {3}}};
  go::WaitGroup Wg;
  for (int I = 0; I < 6; ++I)
    Wg.go([&] {
      for (auto &[Key, Value] : M)
        use(Key.size() + Value.back() + M.count("b"));
    });
  Wg.wait();
}
NORACE(virtualCalls) {
  struct Shape {
    virtual ~Shape() = default;
    virtual int area() const { return 1; }
  };
  std::unique_ptr<Shape> S = std::make_unique<Shape>();
  inOrder([&] { use(S->area()); }, [&] { use(S->area()); });
}

// Arguments and captures by value are the goroutine's own.
NORACE(argumentsByValue) {
  go::WaitGroup Wg;
  for (int I = 0; I < 5; ++I) {
    std::string Text(30, 'x');
    Wg.go([I, Text]() mutable { Text[0] = char('0' + I); });
    Text[0] = 'y';
  }
  auto Done = go::makeChan<int>();
  int V = 1;
  go::spawn([=](int W) { Done.send(W); }, V);
  V = 2;
  use(Done.recv() + V);
  Wg.wait();
}

// Before the spawn is before the goroutine, through any depth.
NORACE(G4_H2_spawnOrders) {
  std::function<void(int)> Deeper = [&](int Depth) {
    ++X;
    if (Depth == 0)
      return;
    go::WaitGroup Wg;
    Wg.go([&, Depth] { Deeper(Depth - 1); });
    Wg.wait();
    ++X;
  };
  Deeper(5);
}

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
NORACE(H22_lastOwnerDestroys) {
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

// Stacks and blocks are used again by others.
NORACE(stacksReused) {
  for (int I = 0; I < 50; ++I) {
    auto Done = go::makeChan<int>(1);
    go::spawn([=] {
      volatile char Frame[2000];
      for (char volatile &C : Frame)
        C = char(I);
      Done.send(Frame[7]);
    });
    Done.recv();
  }
}
NORACE(blocksReused) {
  go::WaitGroup Wg;
  for (int I = 0; I < 8; ++I)
    Wg.go([] {
      for (int J = 0; J < 100; ++J)
        *std::make_unique<int>(J) += 1;
    });
  Wg.wait();
}

// Deferred functions and exceptions stay on their goroutine.
NORACE(panics) {
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([] {
      int Mine = 0;
      for (int J = 0; J < 10; ++J)
        try {
          go::Defer Last([&] { ++Mine; });
          go::panic("again");
        } catch (const go::Panic &P) {
          Mine += int(std::strlen(P.what()));
        }
      use(Mine);
    });
  Wg.wait();
}

// Function-local statics are made once, for all.
NORACE(localStatic) {
  auto Table = []() -> const std::vector<int> & {
    static const std::vector<int> T(100, 7);
    return T;
  };
  go::WaitGroup Wg;
  for (int I = 0; I < 5; ++I)
    Wg.go([&, I] { use(Table()[I]); });
  Wg.wait();
}
