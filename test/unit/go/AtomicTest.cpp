// AtomicValue, and std::atomic among goroutines.
#include "World.h"

#include <atomic>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Value);

TEST_P(Value, A2_AtomicValueSnapshots) {
  run([] {
    go::AtomicValue<std::vector<int>> V;
    EXPECT_FALSE(V.load());
    V.store({1, 1});
    go::WaitGroup Wg;
    for (int G = 0; G < 4; ++G)
      Wg.go([&] {
        for (int I = 0; I < 200; ++I) {
          auto Now = V.load();
          EXPECT_EQ((*Now)[0], (*Now)[1]);
          V.store({I, I});
        }
      });
    Wg.wait();
    auto Old = V.load();
    EXPECT_TRUE(V.compareAndSwap(Old, {9, 9}));
    EXPECT_FALSE(V.compareAndSwap(Old, {8, 8}));
    EXPECT_EQ(V.swap({7, 7})->at(0), 9);
  });
}

TEST_P(Value, A2_NothingBeforeTheFirstStore) {
  run([] {
    go::AtomicValue<std::string> V;
    EXPECT_FALSE(V.load());
    V.store("one");
    EXPECT_EQ(*V.load(), "one");
    go::AtomicValue<int> W(5);
    EXPECT_EQ(*W.load(), 5);
  });
}

// Neither null nor another type can be stored: it does not compile.
TEST_P(Value, A2_TypeIsStatic) {
  static_assert(!std::is_constructible_v<go::AtomicValue<std::vector<int>>,
                                         std::nullptr_t>);
  static_assert(!std::is_invocable_v<decltype(&go::AtomicValue<int>::store),
                                     go::AtomicValue<int> &, std::string>);
  static_assert(!std::is_copy_constructible_v<go::AtomicValue<int>>);
}

// TestValueConcurrent: a loader sees whole values only.
TEST_P(Value, A2_ValuesAreWhole) {
  run([] {
    struct Wide {
      long A, B, C;
    };
    go::AtomicValue<Wide> V({0, 0, 0});
    go::WaitGroup Wg;
    for (int G = 0; G < 4; ++G)
      Wg.go([&, G] {
        for (long I = 0; I < 200; ++I) {
          long X = I * 4 + G;
          V.store({X, X, X});
          auto Now = V.load();
          EXPECT_TRUE(Now->A == Now->B && Now->B == Now->C);
        }
      });
    Wg.wait();
  });
}

TEST_P(Value, A2_CopyOnWriteUnderALock) {
  run([] {
    go::AtomicValue<std::vector<int>> Table(std::vector<int>{});
    go::Mutex Mu; // of writers only
    go::WaitGroup Wg;
    for (int G = 0; G < 4; ++G)
      Wg.go([&, G] {
        for (int I = 0; I < 25; ++I) {
          std::lock_guard Hold(Mu);
          auto Next = *Table.load();
          Next.push_back(G);
          Table.store(std::move(Next));
        }
      });
    Wg.wait();
    EXPECT_EQ(Table.load()->size(), 100u);
  });
}

TEST_P(Value, A3_SwapReturnsTheOldValue) {
  run([] {
    go::AtomicValue<int> V;
    EXPECT_FALSE(V.swap(1));
    EXPECT_EQ(*V.swap(2), 1);
    EXPECT_EQ(*V.load(), 2);
  });
}

// TestValueSwapConcurrent: what goes in comes out, each once.
TEST_P(Value, A3_SwapsLoseNothing) {
  run([] {
    go::AtomicValue<long> V(0);
    std::atomic<long> Out{0};
    go::WaitGroup Wg;
    constexpr long kEach = 100, kWorkers = 5;
    for (long G = 0; G < kWorkers; ++G)
      Wg.go([&, G] {
        for (long I = G * kEach; I < (G + 1) * kEach; ++I)
          Out += *V.swap(I);
      });
    Wg.wait();
    constexpr long kAll = kEach * kWorkers;
    EXPECT_EQ(Out + *V.load(), kAll * (kAll - 1) / 2);
  });
}

TEST_P(Value, A3_CompareAndSwap) {
  run([] {
    go::AtomicValue<std::string> V;
    go::Snapshot<std::string> None;
    EXPECT_TRUE(V.compareAndSwap(None, "a"));
    EXPECT_FALSE(V.compareAndSwap(None, "b"));
    auto Old = V.load();
    EXPECT_TRUE(V.compareAndSwap(Old, "c"));
    EXPECT_FALSE(V.compareAndSwap(Old, "d"));
    EXPECT_EQ(*Old, "a");
    EXPECT_EQ(*V.load(), "c");
  });
}

// TestValueCompareAndSwapConcurrent: of those who try, one wins each round.
TEST_P(Value, A3_CompareAndSwapCounts) {
  run([] {
    go::AtomicValue<int> V(0);
    go::WaitGroup Wg;
    for (int G = 0; G < 4; ++G)
      Wg.go([&] {
        for (int I = 0; I < 50; ++I)
          for (auto Old = V.load(); !V.compareAndSwap(Old, *Old + 1);
               Old = V.load())
            go::yield();
      });
    Wg.wait();
    EXPECT_EQ(*V.load(), 200);
  });
}

// Store buffering: of two that write their own word and then read the other's,
// one at least sees the other's write.
TEST_P(Value, A1_SequentiallyConsistent) {
  run([] {
    for (int I = 0; I < 200; ++I) {
      std::atomic<int> X{0}, Y{0};
      int SawX = -1, SawY = -1;
      go::WaitGroup Wg;
      Wg.go([&] {
        X = 1;
        SawY = Y;
      });
      Wg.go([&] {
        Y = 1;
        SawX = X;
      });
      Wg.wait();
      EXPECT_TRUE(SawX == 1 || SawY == 1);
    }
  });
}

template <class T> void addFromMany() {
  std::atomic<T> Sum{0};
  go::WaitGroup Wg;
  for (int G = 0; G < 4; ++G)
    Wg.go([&] {
      for (int I = 0; I < 25; ++I)
        Sum += 1;
    });
  Wg.wait();
  EXPECT_EQ(Sum, T(100));
}

TEST_P(Value, A4_NumbersBoolsAndPointers) {
  run([] {
    addFromMany<int32_t>();
    addFromMany<uint32_t>();
    addFromMany<int64_t>();
    addFromMany<uint64_t>();
    std::atomic<bool> Taken{false};
    std::atomic<int> Winners{0};
    int Targets[4] = {};
    std::atomic<int *> Pointer{nullptr};
    go::WaitGroup Wg;
    for (int G = 0; G < 4; ++G)
      Wg.go([&, G] {
        Winners += !Taken.exchange(true);
        int *None = nullptr;
        Pointer.compare_exchange_strong(None, &Targets[G]);
      });
    Wg.wait();
    EXPECT_EQ(Winners, 1);
    EXPECT_TRUE(Pointer.load() >= Targets && Pointer.load() < Targets + 4);
  });
}

} // namespace
