// Once: the behaviours of sync.Once.
#include "World.h"

#include <atomic>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Single);

TEST_P(Single, O1_OnceRunsOnceAndOthersWait) {
  run([] {
    go::Once O;
    int Runs = 0;
    bool Finished = false;
    go::WaitGroup Wg;
    for (int I = 0; I < 10; ++I)
      Wg.go([&] {
        O.call([&] {
          ++Runs;
          go::sleep(1ms);
          Finished = true;
        });
        EXPECT_TRUE(Finished);
      });
    Wg.wait();
    EXPECT_EQ(Runs, 1);
  });
}

TEST_P(Single, O3_PanicCountsAsDone) {
  run([] {
    go::Once O;
    EXPECT_THROW(O.call([] { go::panic("x"); }), go::Panic);
    bool Again = false;
    O.call([&] { Again = true; });
    EXPECT_FALSE(Again);
  });
}

TEST_P(Single, O1_EachOnceIsItsOwn) {
  run([] {
    go::Once A, B;
    int Runs = 0;
    A.call([&] { ++Runs; });
    B.call([&] { ++Runs; });
    A.call([&] { ++Runs; });
    EXPECT_EQ(Runs, 2);
  });
}

// TestOncePanic: those who wait while it panics return normally.
TEST_P(Single, O3_WaitersOfAPanicReturn) {
  run([] {
    go::Once O;
    auto Started = go::makeChan<int>(), Gate = go::makeChan<int>();
    std::atomic<int> Caught{0}, Passed{0};
    go::WaitGroup Wg;
    Wg.go([&] {
      Caught += panicOf([&] {
                  O.call([&] {
                    Started.send(1);
                    Gate.recv();
                    go::panic("failed");
                  });
                }) == "failed";
    });
    Started.recv();
    for (int I = 0; I < 3; ++I)
      Wg.go([&] {
        O.call([] { ADD_FAILURE(); });
        ++Passed;
      });
    letOthersRun();
    EXPECT_EQ(Passed, 0);
    Gate.close();
    Wg.wait();
    EXPECT_EQ(Caught, 1);
    EXPECT_EQ(Passed, 3);
  });
}

TEST_P(Single, O3_GoexitCountsAsDone) {
  run([] {
    go::Once O;
    go::WaitGroup Wg;
    Wg.go([&] { O.call([] { go::goexit(); }); });
    Wg.wait();
    O.call([] { ADD_FAILURE(); });
  });
}

// One may call another from within.
TEST_P(Single, O1_OnceWithinOnce) {
  run([] {
    go::Once A, B;
    int Log = 0;
    A.call([&] {
      B.call([&] { Log = 1; });
      Log = Log * 10 + 2;
    });
    EXPECT_EQ(Log, 12);
  });
}

} // namespace
