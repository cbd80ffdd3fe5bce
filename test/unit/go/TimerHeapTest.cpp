// The heap of timers by itself: arming anew, order, what is left at the end.
#include "sched/Timers.h"

#include <gtest/gtest.h>

#include <vector>

using namespace heddle::sched;

namespace {

struct Noting : Timer {
  std::vector<int> *Log = nullptr;
  int Name = 0;
};

void note(Timer *T, int64_t) {
  auto *N = static_cast<Noting *>(T);
  N->Log->push_back(N->Name);
}
void describe(const Timer *T, ArmedTimer &Out) { Out.Owner = T; }
constexpr TimerKind kNoting{&note, false, &describe};
constexpr TimerKind kSilent{&note, false, nullptr};

struct TimerHeaps : testing::Test {
  std::vector<int> Log;
  Noting T[40];
  Timers All;
  TimerHeaps() {
    for (int I = 0; I < 40; ++I) {
      T[I].Kind = &kNoting;
      T[I].Log = &Log;
      T[I].Name = I;
    }
  }
};

} // namespace

TEST_F(TimerHeaps, T12_FireInOrderOfTheirTime) {
  for (int I = 0; I < 40; ++I)
    All.arm(T[(I * 7) % 40], 100 + (I * 7) % 40, 0, 0);
  EXPECT_EQ(All.nextDue(), 100);
  EXPECT_TRUE(All.fireDue(119));
  ASSERT_EQ(Log.size(), 20u);
  for (int I = 0; I < 20; ++I)
    EXPECT_EQ(Log[size_t(I)], I);
  EXPECT_FALSE(All.fireDue(119));
}

// Two that reset one timer at once both disarm it first and then both arm it.
TEST_F(TimerHeaps, T13_ArmedTwiceIsArmedOnceForTheLatter) {
  EXPECT_FALSE(All.arm(T[0], 10, 0, 0).Already);
  All.arm(T[1], 15, 0, 0);
  EXPECT_TRUE(All.arm(T[0], 20, 0, 0).Already);
  EXPECT_EQ(All.nextDue(), 15);
  All.fireDue(100);
  EXPECT_EQ(Log, (std::vector<int>{1, 0}));
  EXPECT_FALSE(Timers::disarm(T[0]));
}

TEST_F(TimerHeaps, T13_StaysInTheHeapOfItsFirstWorker) {
  All.arm(T[0], 10, 0, 3);
  EXPECT_TRUE(All.arm(T[0], 20, 0, 5).Already);
  EXPECT_EQ(All.nextDue(3), 20);
  EXPECT_EQ(All.nextDue(5), kNever);
  EXPECT_EQ(All.nextDue(), 20);
  EXPECT_TRUE(Timers::disarm(T[0]));
  EXPECT_EQ(All.nextDue(), kNever);
}

TEST_F(TimerHeaps, T7_PeriodsThatWereMissedAreDropped) {
  All.arm(T[0], 10, 10, 0);
  EXPECT_TRUE(All.fireDue(45));
  EXPECT_EQ(Log.size(), 1u);
  EXPECT_EQ(All.nextDue(), 50);
}

TEST_F(TimerHeaps, T13_AbandonedAreDisarmedAndTold) {
  T[2].Kind = &kSilent;
  for (int I = 0; I < 4; ++I)
    All.arm(T[I], 10, 0, uint32_t(I));
  Timers::disarm(T[3]);
  std::vector<Timer *> Told;
  All.abandon(
      [](Timer &T, void *To) {
        static_cast<std::vector<Timer *> *>(To)->push_back(&T);
      },
      &Told);
  EXPECT_EQ(Told, (std::vector<Timer *>{&T[0], &T[1]}));
  EXPECT_FALSE(All.fireDue(100));
  EXPECT_FALSE(Timers::disarm(T[0]));
  Timers Next; // of the next scheduler
  EXPECT_FALSE(Next.arm(T[0], 10, 0, 0).Already);
  EXPECT_TRUE(Next.fireDue(10));
  EXPECT_EQ(Log, (std::vector<int>{0}));
}

TEST_F(TimerHeaps, D2_QuietWithoutTimersThatAreDueSoon) {
  EXPECT_TRUE(All.quiet());
  All.arm(T[0], 10, 0, 1);
  EXPECT_FALSE(All.quiet());
  EXPECT_TRUE(All.quiet(9));
  EXPECT_FALSE(All.quiet(10));
}
