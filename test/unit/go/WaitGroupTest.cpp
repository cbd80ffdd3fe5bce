// WaitGroup: the behaviours of sync.WaitGroup.
#include "World.h"

#include <atomic>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Group);

TEST_P(Group, W1_ZeroValueWaitsForNothing) {
  run([] {
    static go::WaitGroup Wg;
    Wg.wait();
  });
}

TEST_P(Group, W2_NegativeCounterPanics) {
  run([] {
    go::WaitGroup Wg;
    try {
      Wg.done();
      FAIL();
    } catch (const go::Panic &P) {
      EXPECT_STREQ(P.what(), "sync: negative WaitGroup counter");
    }
  });
}

TEST_P(Group, W5_WaitSeesWhatWasDone) {
  run([] {
    std::vector<int> Out(50);
    go::WaitGroup Wg;
    for (int I = 0; I < 50; ++I)
      Wg.go([&, I] { Out[size_t(I)] = I * I; });
    Wg.wait();
    for (int I = 0; I < 50; ++I)
      EXPECT_EQ(Out[size_t(I)], I * I);
  });
}

TEST_P(Group, W4_ReuseAfterWaitReturned) {
  run([] {
    go::WaitGroup Wg;
    std::atomic<int> Sum{0};
    for (int Round = 0; Round < 50; ++Round) {
      for (int I = 0; I < 3; ++I)
        Wg.go([&] { ++Sum; });
      Wg.wait();
      EXPECT_EQ(Sum, 3 * (Round + 1));
    }
  });
}

TEST_P(Group, W7_ManyWaitersAreReleased) {
  run([] {
    go::WaitGroup Wg, Waiters;
    Wg.add(2);
    for (int I = 0; I < 20; ++I)
      Waiters.go([&] { Wg.wait(); });
    go::sleep(1ms);
    Wg.add(-2);
    Waiters.wait();
  });
}

TEST_P(Group, W1_AddAndDoneByHand) {
  run([] {
    go::WaitGroup Wg;
    std::atomic<int> Sum{0};
    for (int I = 1; I <= 10; ++I) {
      Wg.add(1);
      go::spawn([&, I] {
        Sum += I;
        Wg.done();
      });
    }
    Wg.wait();
    EXPECT_EQ(Sum, 55);
  });
}

// TestWaitGroup: two groups, of which one waits for the other, again and again.
TEST_P(Group, W4_TwoGroupsAgainAndAgain) {
  run([] {
    go::WaitGroup One, Two;
    for (int Round = 0; Round < 8; ++Round) {
      constexpr int kEach = 16;
      One.add(kEach);
      Two.add(kEach);
      auto Left = go::makeChan<bool>(kEach);
      for (int I = 0; I < kEach; ++I)
        go::spawn([&] {
          One.done();
          Two.wait();
          Left.send(true);
        });
      One.wait();
      for (int I = 0; I < kEach; ++I) {
        EXPECT_FALSE(Left.tryRecv());
        Two.done();
      }
      for (int I = 0; I < kEach; ++I)
        Left.recv();
    }
  });
}

TEST_P(Group, W2_NegativeSumPanics) {
  run([] {
    go::WaitGroup Wg;
    Wg.add(1);
    EXPECT_EQ(panicOf([&] { Wg.add(-2); }), "sync: negative WaitGroup counter");
  });
}

TEST_P(Group, W6_GoCountsBeforeItStarts) {
  run([] {
    for (int I = 0; I < 50; ++I) {
      go::WaitGroup Wg;
      int Value = 0;
      Wg.go([&] { Value = 1; });
      Wg.wait(); // never passes before the function has run
      EXPECT_EQ(Value, 1);
    }
  });
}

// A goroutine of the group may add others to it.
TEST_P(Group, W6_GoFromWithin) {
  run([] {
    go::WaitGroup Wg;
    std::atomic<int> Leaves{0};
    struct Tree {
      go::WaitGroup &Wg;
      std::atomic<int> &Leaves;
      void grow(int Depth) {
        if (!Depth) {
          ++Leaves;
          return;
        }
        Wg.go([this, Depth] { grow(Depth - 1); });
        Wg.go([this, Depth] { grow(Depth - 1); });
      }
    } T{Wg, Leaves};
    T.grow(6);
    Wg.wait();
    EXPECT_EQ(Leaves, 64);
  });
}

TEST_P(Group, W6_GoCountsDownOnGoexit) {
  run([] {
    go::WaitGroup Wg;
    for (int I = 0; I < 5; ++I)
      Wg.go([] { go::goexit(); });
    Wg.wait();
  });
}

// TestWaitGroupRace: the last one to be done ends the group's life at once.
TEST_P(Group, W5_GroupMayEndWithItsWait) {
  run([] {
    for (int I = 0; I < 300; ++I) {
      std::atomic<int> N{0};
      go::WaitGroup Wg;
      Wg.add(1);
      go::spawn([&] {
        ++N;
        Wg.done();
      });
      Wg.add(1);
      go::spawn([&] {
        ++N;
        Wg.done();
      });
      Wg.wait();
      EXPECT_EQ(N, 2);
    }
  });
}

} // namespace
