// One execution for all who ask at once: singleflight's behaviours.
#include "World.h"

#include <atomic>
#include <stdexcept>
#include <string>
#include <utility>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Flight);
using Flights = go::SingleFlight<std::string, std::string>;

TEST_P(Flight, E8_ReturnsTheValue) {
  run([] {
    Flights F;
    auto R = F.call("key", [] { return "bar"; });
    EXPECT_EQ(R.Value, "bar");
    EXPECT_FALSE(R.Err);
    EXPECT_FALSE(R.Shared);
  });
}

TEST_P(Flight, E8_ReturnsTheError) {
  run([] {
    Flights F;
    go::Error Bad("bad");
    auto R = F.call("key", [&] { return std::pair(std::string(), Bad); });
    EXPECT_TRUE(R.Err == Bad);
    EXPECT_EQ(R.Value, "");
  });
}

TEST_P(Flight, E8_CallersAtOnceShareOneExecution) {
  run([] {
    Flights F;
    std::atomic<int> Runs{0}, Shared{0}, Asking{0};
    auto Gate = go::makeChan<int>();
    go::WaitGroup Wg;
    for (int I = 0; I < 10; ++I)
      Wg.go([&] {
        ++Asking;
        auto R = F.call("key", [&] {
          ++Runs;
          Gate.recv();
          return "bar";
        });
        EXPECT_EQ(R.Value, "bar");
        Shared += R.Shared;
      });
    awaitThat([&] { return Asking == 10; });
    letOthersRun(300);
    Gate.close();
    Wg.wait();
    EXPECT_GE(Runs, 1);
    EXPECT_LT(Runs, 10);
    EXPECT_GE(Shared, 10 - Runs);
  });
}

TEST_P(Flight, E8_KeysAreApart) {
  run([] {
    go::SingleFlight<int, int> F;
    auto Gate = go::makeChan<int>();
    go::WaitGroup Wg;
    std::atomic<int> Runs{0};
    for (int K = 0; K < 4; ++K)
      Wg.go([&, K] {
        auto R = F.call(K, [&, K] {
          ++Runs;
          Gate.recv();
          return K;
        });
        EXPECT_EQ(R.Value, K);
      });
    awaitThat([&] { return Runs == 4; });
    Gate.close();
    Wg.wait();
  });
}

TEST_P(Flight, E8_NothingIsKeptAfterwards) {
  run([] {
    go::SingleFlight<int, int> F;
    int Runs = 0;
    for (int I = 1; I <= 3; ++I)
      EXPECT_EQ(F.call(0, [&] { return ++Runs; }).Value, I);
  });
}

TEST_P(Flight, E8_ForgetLetsTheNextRun) {
  run([] {
    go::SingleFlight<int, int> F;
    auto Started = go::makeChan<int>(), Gate = go::makeChan<int>();
    go::WaitGroup Wg;
    Wg.go([&] {
      EXPECT_EQ(F.call(0,
                       [&] {
                         Started.send(1);
                         Gate.recv();
                         return 1;
                       })
                    .Value,
                1);
    });
    Started.recv();
    F.forget(0);
    EXPECT_EQ(F.call(0, [] { return 2; }).Value, 2);
    Gate.close();
    Wg.wait();
    EXPECT_EQ(F.call(0, [] { return 3; }).Value, 3);
  });
}

// The end of a forgotten run does not take away its successor.
TEST_P(Flight, E8_ForgottenRunLeavesTheNextAlone) {
  run([] {
    go::SingleFlight<int, int> F;
    auto Started = go::makeChan<int>();
    auto Gate1 = go::makeChan<int>(), Gate2 = go::makeChan<int>();
    go::WaitGroup First, Second;
    auto Run = [&](go::Chan<int> Gate, int V) {
      return F
          .call(0,
                [&, Gate, V] {
                  Started.send(1);
                  Gate.recv();
                  return V;
                })
          .Value;
    };
    First.go([&] { EXPECT_EQ(Run(Gate1, 1), 1); });
    Started.recv();
    F.forget(0);
    Second.go([&] { EXPECT_EQ(Run(Gate2, 2), 2); });
    Started.recv();
    Gate1.close();
    First.wait();
    Second.go([&] { EXPECT_EQ(F.call(0, [] { return 3; }).Value, 2); });
    letOthersRun(200);
    go::sleep(1ms);
    Gate2.close();
    Second.wait();
  });
}

TEST_P(Flight, E8_CallChanDeliversToEach) {
  run([] {
    Flights F;
    auto Gate = go::makeChan<int>();
    auto Run = [=] {
      Gate.recv();
      return "bar";
    };
    auto A = F.callChan("key", Run), B = F.callChan("key", Run);
    Gate.close();
    auto RA = A.recv(), RB = B.recv();
    EXPECT_EQ(RA.Value + RB.Value, "barbar");
    EXPECT_TRUE(RA.Shared);
    EXPECT_TRUE(RB.Shared);
  });
}

TEST_P(Flight, E8_PanicReachesAllThatWait) {
  run([] {
    Flights F;
    auto Started = go::makeChan<int>(), Gate = go::makeChan<int>();
    std::atomic<int> Thrown{0};
    go::WaitGroup Wg;
    auto Ask = [&] {
      try {
        F.call("key", [&]() -> std::string {
          Started.send(1);
          Gate.recv();
          throw std::runtime_error("invalid memory address");
        });
      } catch (const std::runtime_error &E) {
        Thrown += E.what() == std::string("invalid memory address");
      }
    };
    Wg.go(Ask);
    Started.recv();
    Wg.go([&] {
      try {
        F.call("key", [] { return ""; });
      } catch (const std::runtime_error &) {
        ++Thrown;
      }
    });
    letOthersRun(200);
    go::sleep(1ms);
    Gate.close();
    Wg.wait();
    EXPECT_EQ(Thrown, 2);
    EXPECT_EQ(F.call("key", [] { return "ok"; }).Value, "ok");
  });
}

TEST_P(Flight, E8_GoexitReachesAllThatWait) {
  run([] {
    Flights F;
    auto Started = go::makeChan<int>(), Gate = go::makeChan<int>();
    std::atomic<int> Returned{0};
    go::WaitGroup Wg;
    Wg.go([&] {
      F.call("key", [&]() -> std::string {
        Started.send(1);
        Gate.recv();
        go::goexit();
      });
      ++Returned;
    });
    Started.recv();
    Wg.go([&] {
      F.call("key", [] { return ""; });
      ++Returned;
    });
    letOthersRun(200);
    go::sleep(1ms);
    Gate.close();
    Wg.wait();
    EXPECT_EQ(Returned, 0);
  });
}

} // namespace
