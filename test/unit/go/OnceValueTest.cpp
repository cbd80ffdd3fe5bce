// OnceFunc, OnceValue, OnceValues: sync's behaviours.
#include "World.h"

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

GO_SUITE(OnceResult);

TEST_P(OnceResult, O5_FuncRunsOnce) {
  run([] {
    int Runs = 0;
    auto F = go::onceFunc([&] { ++Runs; });
    F();
    F();
    EXPECT_EQ(Runs, 1);
  });
}

TEST_P(OnceResult, O5_ValueIsComputedOnce) {
  run([] {
    int Runs = 0;
    auto F = go::onceValue([&] { return ++Runs; });
    EXPECT_EQ(F(), 1);
    auto Copy = F;
    EXPECT_EQ(Copy(), 1);
    EXPECT_EQ(Runs, 1);
  });
}

TEST_P(OnceResult, O5_ValuesAreComputedOnce) {
  run([] {
    int Runs = 0;
    auto F = go::onceValues([&] {
      ++Runs;
      return std::pair(Runs, std::string("two"));
    });
    auto [A, B] = F();
    EXPECT_EQ(A, 1);
    EXPECT_EQ(B, "two");
    F();
    EXPECT_EQ(Runs, 1);
  });
}

TEST_P(OnceResult, O5_NothingRunsBeforeTheFirstCall) {
  run([] {
    bool Ran = false;
    {
      auto F = go::onceValue([&] {
        Ran = true;
        return 1;
      });
      static_cast<void>(F);
    }
    EXPECT_FALSE(Ran);
  });
}

TEST_P(OnceResult, O5_PanicIsRepeatedOnEveryCall) {
  run([] {
    int Runs = 0;
    auto F = go::onceFunc([&] {
      ++Runs;
      go::panic("x");
    });
    auto V = go::onceValue([&]() -> int {
      ++Runs;
      throw std::out_of_range("y");
    });
    for (int I = 0; I < 3; ++I) {
      EXPECT_EQ(panicOf([&] { F(); }), "x");
      EXPECT_THROW(V(), std::out_of_range);
    }
    EXPECT_EQ(Runs, 2);
  });
}

TEST_P(OnceResult, O5_GoexitIsRepeatedOnEveryCall) {
  run([] {
    std::atomic<int> Returned{0};
    auto F = go::onceFunc([] { go::goexit(); });
    go::WaitGroup Wg;
    for (int I = 0; I < 3; ++I)
      Wg.go([&] {
        F();
        ++Returned;
      });
    Wg.wait();
    EXPECT_EQ(Returned, 0);
  });
}

TEST_P(OnceResult, O5_ConcurrentCallsGetOneValue) {
  run([] {
    std::atomic<int> Runs{0};
    auto F = go::onceValue([&] {
      go::yield();
      return ++Runs;
    });
    go::WaitGroup Wg;
    for (int I = 0; I < 10; ++I)
      Wg.go([=] { EXPECT_EQ(F(), 1); });
    Wg.wait();
    EXPECT_EQ(Runs, 1);
  });
}

// TestOnceXGC: what the function holds is given up after the run.
TEST_P(OnceResult, O5_FunctionIsGivenUpAfterTheRun) {
  run([] {
    auto Token = std::make_shared<int>(1);
    auto F = go::onceFunc([Token] {});
    EXPECT_EQ(Token.use_count(), 2);
    F();
    EXPECT_EQ(Token.use_count(), 1);
    auto G = go::onceValue([Token]() -> int { go::panic("x"); });
    EXPECT_EQ(panicOf([&] { G(); }), "x");
    EXPECT_EQ(Token.use_count(), 1);
  });
}

TEST_P(OnceResult, O5_MoveOnlyFunctionAndValue) {
  run([] {
    auto F = go::onceValue(
        [P = std::make_unique<int>(3)]() mutable { return std::move(P); });
    EXPECT_EQ(*F(), 3);
    EXPECT_EQ(*F(), 3);
  });
}

} // namespace
