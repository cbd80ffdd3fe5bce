// Defer, panic, recover and Goexit.
#include "World.h"

#include <atomic>
#include <exception>
#include <stdexcept>
#include <string>

namespace {

GO_SUITE(Panics);

TEST_P(Panics, V1_DefersRunInReverseOrder) {
  run([] {
    std::string Log;
    try {
      go::Defer A([&] { Log += 'a'; });
      go::Defer B([&] { Log += 'b'; });
      go::panic("x");
    } catch (const go::Panic &P) {
      Log += P.what();
    }
    EXPECT_EQ(Log, "bax");
  });
}

TEST_P(Panics, V1_DefersRunOnReturnPanicAndGoexit) {
  run([] {
    std::atomic<int> Ran{0};
    auto Leave = [&](int How) {
      go::Defer Count([&] { ++Ran; });
      if (How == 1)
        go::panic("x");
      if (How == 2)
        go::goexit();
    };
    go::WaitGroup Wg;
    Leave(0);
    EXPECT_EQ(panicOf([&] { Leave(1); }), "x");
    Wg.go([&] { Leave(2); });
    Wg.wait();
    EXPECT_EQ(Ran, 3);
  });
}

TEST_P(Panics, V1_ArgumentsAreThoseOfTheStatement) {
  run([] {
    std::string Log;
    {
      int X = 1;
      go::Defer D([X, &Log] { Log += std::to_string(X); });
      X = 2;
      go::Defer E([&X, &Log] { Log += std::to_string(X); });
    }
    EXPECT_EQ(Log, "21");
  });
}

TEST_P(Panics, V2_DeferMayChangeTheResult) {
  run([] {
    auto Compute = [](go::Error &Err) {
      go::Defer Wrap([&] {
        if (Err)
          Err = go::Error(std::string("wrapped: ") + Err.message());
      });
      Err = go::Error("inner");
    };
    go::Error Err;
    Compute(Err);
    EXPECT_STREQ(Err.message(), "wrapped: inner");
  });
}

TEST_P(Panics, V3_CatchIsRecover) {
  run([] {
    auto Safe = [](int V) -> std::string {
      try {
        if (V == 1)
          go::panic("one");
        if (V == 2)
          throw std::runtime_error("two");
        return "none";
      } catch (const std::exception &E) { // a Panic is one
        return E.what();
      }
    };
    EXPECT_EQ(Safe(0), "none");
    EXPECT_EQ(Safe(1), "one");
    EXPECT_EQ(Safe(2), "two");
  });
}

// An inner function's handler does not stop the panic of an outer one.
TEST_P(Panics, V3_PanicGoesOnThroughRethrow) {
  run([] {
    std::string Log;
    auto Inner = [&] {
      try {
        go::panic("p");
      } catch (const go::Panic &) {
        Log += "seen ";
        throw;
      }
    };
    EXPECT_EQ(panicOf(Inner), "p");
    EXPECT_EQ(Log, "seen ");
  });
}

// A panic within a deferred function that is recovered there does not disturb
// the one that unwinds.
TEST_P(Panics, V4_NestedPanicThatIsRecovered) {
  run([] {
    std::string Log;
    Log += panicOf([&] {
      go::Defer D([&] { Log += panicOf([] { go::panic("inner"); }) + " "; });
      go::panic("outer");
    });
    EXPECT_EQ(Log, "inner outer");
  });
}

TEST_P(Panics, V3_SiteOfAPanic) {
  run([] {
    try {
      go::panic("x");
    } catch (const go::Panic &P) {
      EXPECT_NE(std::string(P.site().file()).find("PanicTest.cpp"),
                std::string::npos);
      EXPECT_GT(P.site().line(), 0);
    }
  });
}

TEST_P(Panics, G9_GoexitIsNoException) {
  run([] {
    std::atomic<bool> Caught{false}, Deferred{false}, Passed{false};
    go::WaitGroup Wg;
    Wg.go([&] {
      go::Defer D([&] { Deferred = true; });
      try {
        go::goexit();
      } catch (const std::exception &) {
        Caught = true;
      }
      Passed = true;
    });
    Wg.wait();
    EXPECT_TRUE(Deferred);
    EXPECT_FALSE(Caught);
    EXPECT_FALSE(Passed);
  });
}

// A handler of everything may see it, if it lets it go on.
TEST_P(Panics, G9_GoexitThroughARethrow) {
  run([] {
    std::atomic<bool> Passed{false};
    go::WaitGroup Wg;
    Wg.go([&] {
      try {
        go::goexit();
      } catch (...) {
        throw;
      }
      Passed = true;
    });
    Wg.wait();
    EXPECT_FALSE(Passed);
  });
}

// Deep in calls, with a destructor in each frame.
TEST_P(Panics, G9_GoexitUnwindsDeepFrames) {
  run([] {
    std::atomic<int> Ended{0};
    struct Frame {
      std::atomic<int> &Ended;
      ~Frame() { ++Ended; }
    };
    struct Deep {
      static void go(int N, std::atomic<int> &Ended) {
        Frame F{Ended};
        if (N == 0)
          go::goexit();
        go(N - 1, Ended);
      }
    };
    go::WaitGroup Wg;
    Wg.go([&] { Deep::go(99, Ended); });
    Wg.wait();
    EXPECT_EQ(Ended, 100);
  });
}

// Recovered panics in the deferred functions of a Goexit let it go on.
TEST_P(Panics, G10_RecoveredPanicDuringGoexit) {
  run([] {
    std::atomic<int> Recovered{0};
    std::atomic<bool> Passed{false};
    go::WaitGroup Wg;
    Wg.go([&] {
      go::Defer A([&] { Recovered += panicOf([] { go::panic("a"); }) == "a"; });
      go::Defer B([&] { Recovered += panicOf([] { go::panic("b"); }) == "b"; });
      go::goexit();
    });
    Wg.go([&] { // and from within a handler
      try {
        go::panic("first");
      } catch (const go::Panic &) {
        go::goexit();
      }
      Passed = true;
    });
    Wg.wait();
    EXPECT_EQ(Recovered, 2);
    EXPECT_FALSE(Passed);
  });
}

// A panic that is kept and thrown again on another goroutine.
TEST_P(Panics, V7_PanicIsCarriedByHand) {
  run([] {
    auto C = go::makeChan<std::exception_ptr>();
    go::spawn([=] {
      try {
        go::panic("carried");
      } catch (...) {
        C.send(std::current_exception());
      }
    });
    EXPECT_EQ(panicOf([&] { std::rethrow_exception(C.recv()); }), "carried");
  });
}

} // namespace
