// What atomic operations order: no case may be reported.
// RUN: %heddle-cxx -std=c++20 -O1 -mcx16 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <cstdint>
#include <memory>

int Shared;

// Waits, with scheduling points between, until Done says so.
template <class F> static void until(F Done) {
  while (!Done())
    go::yield();
}

// One side writes and makes S one, in each way; the other sees it, in each way.
template <class T> static void eachWay() {
  for (int How = 0; How < 4; ++How)
    for (int Seen = 0; Seen < 4; ++Seen) {
      static std::atomic<T> S;
      S = 0;
      go::WaitGroup Wg;
      Wg.go([=] {
        Shared = 1;
        T Zero = 0;
        if (How == 0)
          S.store(1);
        else if (How == 1)
          S.fetch_add(1);
        else if (How == 2)
          S.exchange(1);
        else
          S.compare_exchange_strong(Zero, 1);
      });
      until([=] {
        T One = 1;
        return Seen == 0   ? S.load() == 1
               : Seen == 1 ? S.fetch_or(0) == 1
               : Seen == 2 ? S.exchange(0) == 1
                           : S.compare_exchange_weak(One, 0);
      });
      Shared = 2;
      Wg.wait();
    }
}
NORACE(bytes) { eachWay<uint8_t>(); }
NORACE(shorts) { eachWay<int16_t>(); }
NORACE(words) { eachWay<int32_t>(); }
NORACE(longs) { eachWay<uint64_t>(); }

// Release and acquire are enough.
NORACE(H14_releaseAcquire) {
  static std::atomic<bool> Ready;
  go::WaitGroup Wg;
  Wg.go([] {
    Shared = 1;
    Ready.store(true, std::memory_order_release);
  });
  until([] { return Ready.load(std::memory_order_acquire); });
  Shared = 2;
  Wg.wait();
}

// The last one of several to count down may touch what the others wrote.
NORACE(lastOfSeveral) {
  std::atomic<int> Left = 4;
  int Data[4];
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([&, I] {
      Data[I] = I;
      if (Left.fetch_sub(1, std::memory_order_acq_rel) == 1)
        for (int &D : Data)
          ++D;
    });
  Wg.wait();
}

// An exchange that fails has seen the value all the same.
NORACE(failedExchangeAcquires) {
  static std::atomic<int> S;
  go::WaitGroup Wg;
  for (int I = 0; I < 2; ++I)
    Wg.go([] {
      int Zero = 0;
      if (S.compare_exchange_strong(Zero, 1)) {
        Shared = 1;
        S.store(2);
      } else {
        int Never = 7;
        until([&] {
          Never = 7;
          S.compare_exchange_strong(Never, 8);
          return Never == 2;
        });
        Shared = 2;
      }
    });
  Wg.wait();
}

// A lock made of one exchange.
NORACE(spinLock) {
  std::atomic_flag Busy;
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([&] {
      for (int J = 0; J < 50; ++J) {
        until([&] { return !Busy.test_and_set(std::memory_order_acquire); });
        ++Shared;
        Busy.clear(std::memory_order_release);
      }
    });
  Wg.wait();
}

// A node travels through a stack without locks.
NORACE(stackOfNodes) {
  struct Node {
    int Value;
    Node *Next;
  };
  std::atomic<Node *> Head = nullptr;
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([&, I] {
      for (int J = 0; J < 20; ++J) {
        auto *N = new Node{I, Head.load(std::memory_order_relaxed)};
        while (!Head.compare_exchange_weak(N->Next, N))
          ;
      }
    });
  Wg.wait();
  for (Node *N = Head, *Next; N; N = Next) {
    Next = N->Next;
    use(N->Value);
    delete N;
  }
}

// Fences around relaxed accesses.
NORACE(fences) {
  static std::atomic<int> S;
  go::WaitGroup Wg;
  Wg.go([] {
    Shared = 1;
    std::atomic_thread_fence(std::memory_order_release);
    S.store(1, std::memory_order_relaxed);
  });
  until([] { return S.load(std::memory_order_relaxed) == 1; });
  std::atomic_thread_fence(std::memory_order_acquire);
  Shared = 2;
  Wg.wait();
}

// Sixteen bytes at once.
NORACE(sixteenBytes) {
  alignas(16) static unsigned __int128 S;
  go::WaitGroup Wg;
  Wg.go([] {
    Shared = 1;
    __sync_val_compare_and_swap(&S, 0, 1);
  });
  until([] { return __sync_val_compare_and_swap(&S, 1, 2) == 1; });
  Shared = 2;
  Wg.wait();
}

// Atomic accesses race with none of their kind.
NORACE(amongThemselves) {
  static std::atomic<int> S;
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([I] {
      S.fetch_add(1, std::memory_order_relaxed);
      S.store(I, std::memory_order_relaxed);
      use(S.load(std::memory_order_relaxed));
    });
  Wg.wait();
}

// Neighbours of an atomic byte in its word are other variables.
NORACE(neighbourOfAtomic) {
  static struct {
    std::atomic<uint8_t> A;
    uint8_t B;
    uint16_t C;
  } S;
  inOrder([] { S.A.fetch_add(1); }, [] { S.B = 1, S.C = 2; });
}
