// Groups of goroutines that may fail: errgroup's behaviours.
#include "World.h"

#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(ErrGroup);

TEST_P(ErrGroup, E1_WaitReturnsTheFirstError) {
  run([] {
    go::Error First("first"), Second("second");
    auto Failed = go::makeChan<int>();
    go::Group G;
    G.go([&] { return First; });
    G.go([&] {
      Failed.recv();
      return Second;
    });
    letOthersRun();
    while (go::numGoroutine() > 2) // until the first has returned
      go::yield();
    Failed.close();
    EXPECT_TRUE(G.wait() == First);
  });
}

TEST_P(ErrGroup, E1_NoErrorIfNoneFails) {
  run([] {
    for (int N : {0, 1, 3}) {
      go::Group G;
      for (int I = 0; I < N; ++I)
        G.go([] { return go::Error(); });
      EXPECT_FALSE(G.wait());
    }
  });
}

// Each list of results, and the error that counts; one runs after another.
TEST_P(ErrGroup, E1_ZeroGroupTable) {
  run([] {
    go::Error One("one"), Two("two");
    const std::vector<std::vector<go::Error>> Table = {
        {{}},          {{}, {}},   {One},     {One, {}},
        {{}, One, {}}, {One, Two}, {Two, One}};
    for (const auto &Results : Table) {
      go::Group G;
      go::Error Expected;
      for (const auto &Err : Results) {
        G.go([Err] { return Err; });
        if (!Expected)
          Expected = Err;
        EXPECT_TRUE(G.wait() == Expected);
      }
    }
  });
}

TEST_P(ErrGroup, E1_WaitReturnsAfterAll) {
  run([] {
    go::Group G;
    std::atomic<int> Ended{0};
    for (int I = 0; I < 10; ++I)
      G.go([&, I] {
        letOthersRun(I * 5);
        ++Ended;
        return go::Error("e");
      });
    EXPECT_TRUE(G.wait());
    EXPECT_EQ(Ended, 10);
  });
}

TEST_P(ErrGroup, E2_FirstErrorCancelsTheContext) {
  run([] {
    auto G = go::Group::withContext(go::background());
    go::Error Broken("broken");
    G.go([&] { return Broken; });
    for (int I = 0; I < 3; ++I)
      G.go([Ctx = G.context()] {
        Ctx.done().recv();
        return Ctx.err();
      });
    EXPECT_TRUE(G.wait() == Broken);
    EXPECT_TRUE(G.context().err() == go::Canceled);
    EXPECT_TRUE(go::cause(G.context()) == Broken);
  });
}

TEST_P(ErrGroup, E2_WaitCancelsTheContext) {
  run([] {
    auto G = go::Group::withContext(go::background());
    G.go([] {});
    EXPECT_FALSE(G.context().err());
    EXPECT_FALSE(G.wait());
    EXPECT_TRUE(G.context().err() == go::Canceled);
    EXPECT_TRUE(go::cause(G.context()) == go::Canceled);
  });
}

TEST_P(ErrGroup, E2_ContextDerivesFromTheParent) {
  run([] {
    auto Parent = go::withCancel(go::background());
    auto G = go::Group::withContext(Parent);
    G.go([Ctx = G.context()] {
      Ctx.done().recv();
      return Ctx.err();
    });
    Parent.cancel();
    EXPECT_TRUE(G.wait() == go::Canceled);
  });
}

TEST_P(ErrGroup, E3_LimitBoundsWhatRunsAtOnce) {
  run([] {
    for (int Limit : {1, 3}) {
      go::Group G;
      G.setLimit(Limit);
      std::atomic<int> Active{0}, Most{0};
      for (int I = 0; I < 30; ++I)
        G.go([&] {
          int Now = ++Active;
          int Seen = Most;
          while (Seen < Now && !Most.compare_exchange_weak(Seen, Now))
            ;
          letOthersRun(3);
          --Active;
        });
      EXPECT_FALSE(G.wait());
      EXPECT_LE(Most, Limit);
    }
  });
}

TEST_P(ErrGroup, E3_NegativeLimitIsNone) {
  run([] {
    go::Group G;
    G.setLimit(1);
    G.setLimit(-1);
    auto Gate = go::makeChan<int>();
    for (int I = 0; I < 20; ++I)
      G.go([=] { Gate.recv(); });
    Gate.close();
    EXPECT_FALSE(G.wait());
  });
}

TEST_P(ErrGroup, E3_LimitZeroBlocksForEver) {
  run([] {
    static std::atomic<bool> Went;
    Went = false;
    auto *G = new go::Group; // outlives the goroutine that is left behind
    G->setLimit(0);
    EXPECT_FALSE(G->tryGo([] {}));
    go::spawn([G] {
      G->go([] {});
      Went = true;
    });
    letOthersRun(300);
    EXPECT_FALSE(Went);
  });
}

TEST_P(ErrGroup, E3_ChangingTheLimitOfAnActiveGroupPanics) {
  run([] {
    go::Group G;
    G.setLimit(2);
    auto Gate = go::makeChan<int>();
    G.go([=] { Gate.recv(); });
    EXPECT_EQ(panicOf([&] { G.setLimit(3); }),
              "errgroup: modify limit while 1 goroutines in the group are "
              "still active");
    Gate.close();
    EXPECT_FALSE(G.wait());
    G.setLimit(3);
  });
}

TEST_P(ErrGroup, E4_TryGoStartsOnlyWithinTheLimit) {
  run([] {
    go::Group G;
    G.setLimit(2);
    auto Gate = go::makeChan<int>();
    EXPECT_TRUE(G.tryGo([=] { Gate.recv(); }));
    EXPECT_TRUE(G.tryGo([=] { Gate.recv(); }));
    bool Ran = false;
    EXPECT_FALSE(G.tryGo([&] { Ran = true; }));
    Gate.close();
    EXPECT_FALSE(G.wait());
    EXPECT_FALSE(Ran);
    EXPECT_TRUE(G.tryGo([&] { Ran = true; }));
    EXPECT_FALSE(G.wait());
    EXPECT_TRUE(Ran);
  });
}

TEST_P(ErrGroup, E4_TryGoWithoutALimitAlwaysStarts) {
  run([] {
    go::Group G;
    auto Gate = go::makeChan<int>();
    for (int I = 0; I < 50; ++I)
      EXPECT_TRUE(G.tryGo([=] { Gate.recv(); }));
    Gate.close();
    EXPECT_FALSE(G.wait());
  });
}

TEST_P(ErrGroup, E5_ZeroGroupWorks) {
  run([] {
    go::Group G;
    EXPECT_FALSE(G.wait());
    EXPECT_FALSE(G.context().done());
    int Sum = 0;
    G.go([&] { Sum = 5; });
    EXPECT_FALSE(G.wait());
    EXPECT_EQ(Sum, 5);
  });
}

TEST_P(ErrGroup, E6_WhatFunctionsWroteIsThereAfterWait) {
  run([] {
    std::vector<int> Squares(50);
    go::Group G;
    G.setLimit(4);
    for (int I = 0; I < 50; ++I)
      G.go([&, I] { Squares[size_t(I)] = I * I; });
    EXPECT_FALSE(G.wait());
    for (int I = 0; I < 50; ++I)
      EXPECT_EQ(Squares[size_t(I)], I * I);
  });
}

// Parallel: three searches, of which the last fails.
TEST_P(ErrGroup, E1_E6_ParallelSearch) {
  run([] {
    std::vector<std::string> Found(3);
    auto Search = [](const std::string &Kind, std::string &Out) {
      Out = Kind + " result";
      return go::Error();
    };
    go::Group G;
    const char *Kinds[] = {"web", "image", "video"};
    for (size_t I = 0; I < 3; ++I)
      G.go([&, I] { return Search(Kinds[I], Found[I]); });
    EXPECT_FALSE(G.wait());
    EXPECT_EQ(Found[2], "video result");
  });
}

// Pipeline: walkers, workers and a sum, all of one group.
TEST_P(ErrGroup, E2_PipelineStopsWhenAStageFails) {
  run([] {
    auto G = go::Group::withContext(go::background());
    auto Ctx = G.context();
    auto Numbers = go::makeChan<int>();
    G.go([=]() -> go::Error {
      go::Defer Close([=] { Numbers.close(); });
      for (int I = 0;; ++I)
        if (go::select(go::send(Numbers, I), go::recv(Ctx.done())) == 1)
          return Ctx.err();
    });
    for (int W = 0; W < 3; ++W)
      G.go([=]() -> go::Error {
        for (int V : Numbers)
          if (V == 100)
            return go::Error("bad number");
        return {};
      });
    EXPECT_STREQ(G.wait().message(), "bad number");
  });
}

} // namespace
