// Goroutines: what spawn promises, numbers, names, exceptions in flight.
#include "World.h"

#include "sched/Scheduler.h"

#include <atomic>
#include <exception>
#include <memory>
#include <set>
#include <stdexcept>
#include <thread>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Goroutine);

TEST_P(Goroutine, G1_ArgumentsAreCopiedBeforeSpawnReturns) {
  run([] {
    auto C = go::makeChan<int>();
    int X = 1;
    std::string Text = "before";
    go::spawn([=](int V, const std::string &S) { C.send(V + int(S.size())); },
              X, Text);
    X = 100;
    Text = "a longer text";
    EXPECT_EQ(C.recv(), 7);
  });
}

TEST_P(Goroutine, G1_MoveOnlyArguments) {
  run([] {
    auto C = go::makeChan<int>();
    go::spawn([=](std::unique_ptr<int> P) { C.send(*P); },
              std::make_unique<int>(5));
    EXPECT_EQ(C.recv(), 5);
  });
}

TEST_P(Goroutine, G1_LargeClosure) {
  run([] {
    struct Big {
      char Bytes[20000];
    };
    auto B = std::make_unique<Big>();
    B->Bytes[19999] = 'z';
    auto C = go::makeChan<char>();
    go::spawn([C, Copy = *B] { C.send(Copy.Bytes[19999]); });
    EXPECT_EQ(C.recv(), 'z');
  });
}

TEST_P(Goroutine, G1_CopyThatThrowsStartsNothing) {
  struct Throws {
    Throws() = default;
    Throws(const Throws &) { throw std::runtime_error("copy"); }
    Throws(Throws &&) = default;
    void operator()() {}
  };
  run([] {
    Throws T;
    int Before = go::numGoroutine();
    EXPECT_THROW(go::spawn(T), std::runtime_error);
    EXPECT_EQ(go::numGoroutine(), Before);
  });
}

TEST_P(Goroutine, G2_ResultIsDiscarded) {
  run([] {
    auto C = go::makeChan<int>();
    go::spawn([=] {
      C.send(1);
      return 42;
    });
    EXPECT_EQ(C.recv(), 1);
  });
}

TEST_P(Goroutine, G3_CallerDoesNotWait) {
  run([] {
    auto Gate = go::makeChan<int>();
    go::spawn([=] { Gate.recv(); });
    EXPECT_EQ(go::numGoroutine(), 2); // it has not ended, and cannot have
    Gate.send(1);
  });
}

// On one worker, too, nothing says which of two runs first: both must run.
TEST_P(Goroutine, G3_AllRunWhateverTheOrder) {
  run([] {
    std::atomic<unsigned> Ran{0};
    go::WaitGroup Wg;
    for (unsigned I = 0; I < 32; ++I)
      Wg.go([&, I] { Ran |= 1u << I; });
    Wg.wait();
    EXPECT_EQ(Ran, ~0u);
  });
}

TEST_P(Goroutine, G7_NilFunctionPanicsAtTheCall) {
  run([] {
    std::function<void()> None;
    EXPECT_THROW(go::spawn(None), go::Panic);
    void (*Null)() = nullptr;
    try {
      go::spawn(Null);
      FAIL();
    } catch (const go::Panic &P) {
      EXPECT_STREQ(P.what(), "go of nil func value");
    }
  });
}

TEST_P(Goroutine, G9_GoexitRunsDestructorsOfThisGoroutineOnly) {
  run([] {
    auto Log = go::makeChan<int>(4);
    go::WaitGroup Wg;
    Wg.go([=] {
      go::Defer D([&] { Log.send(1); });
      try {
        go::goexit();
      } catch (const std::exception &) {
        Log.send(99);
      }
    });
    Wg.wait();
    EXPECT_EQ(Log.len(), 1);
    EXPECT_EQ(Log.recv(), 1);
  });
}

TEST_P(Goroutine, G11_YieldLetsOthersRun) {
  run([] {
    bool Ran = false;
    go::WaitGroup Wg;
    Wg.go([&] { Ran = true; });
    for (int I = 0; I < 1000000 && go::numGoroutine() > 1; ++I)
      go::yield();
    Wg.wait();
    EXPECT_TRUE(Ran);
  });
}

TEST_P(Goroutine, G12_NumGoroutineCountsMainAndOthers) {
  run([] {
    EXPECT_EQ(go::numGoroutine(), 1);
    auto C = go::makeChan<int>();
    for (int I = 0; I < 10; ++I)
      go::spawn([=] { C.recv(); });
    EXPECT_EQ(go::numGoroutine(), 11);
    C.close();
    while (go::numGoroutine() > 1)
      go::yield();
  });
}

TEST_P(Goroutine, G13_MaxProcsReturnsTheOldValue) {
  run([Workers = GetParam().Workers] {
    int N = go::maxProcs(0);
    EXPECT_EQ(N, Workers);
    EXPECT_EQ(go::maxProcs(3), N);
    EXPECT_EQ(go::maxProcs(N), 3);
  });
}

TEST_P(Goroutine, G18_IdsAreUniqueAndMainIsOne) {
  run([] {
    EXPECT_EQ(go::goroutineId(), 1u);
    auto C = go::makeChan<uint64_t>(100);
    for (int I = 0; I < 100; ++I)
      go::spawn([=] { C.send(go::goroutineId()); });
    std::set<uint64_t> Seen{1};
    for (int I = 0; I < 100; ++I)
      EXPECT_TRUE(Seen.insert(C.recv()).second);
  });
}

TEST_P(Goroutine, G19_ChainOf10000) {
  run([] {
    go::Chan<int> First = go::makeChan<int>();
    go::Chan<int> Right = First;
    for (int I = 0; I < 10000; ++I) {
      auto Left = go::makeChan<int>();
      go::spawn([=] { Left.send(Right.recv() + 1); });
      Right = Left;
    }
    First.send(0);
    EXPECT_EQ(Right.recv(), 10000);
  });
}

TEST_P(Goroutine, G19_ManyParked) {
#ifdef SANITIZED
  int Many = 500;
#else
  int Many = GetParam().Random ? 1000 : 20000;
#endif
  run([=] {
    auto Gate = go::makeChan<int>();
    go::WaitGroup Wg;
    for (int I = 0; I < Many; ++I)
      Wg.go([=] { Gate.recv(); });
    EXPECT_EQ(go::numGoroutine(), Many + 1);
    Gate.close();
    Wg.wait();
  });
}

// Two goroutines that yield inside a handler keep their own exception.
TEST_P(Goroutine, V7_CurrentExceptionIsPerGoroutine) {
  run([] {
    go::WaitGroup Wg;
    std::atomic<int> Right{0};
    for (int I = 0; I < 8; ++I)
      Wg.go([&, I] {
        try {
          throw I;
        } catch (...) {
          for (int J = 0; J < 5; ++J)
            go::yield();
          try {
            std::rethrow_exception(std::current_exception());
          } catch (int V) {
            Right += V == I;
          }
        }
      });
    Wg.wait();
    EXPECT_EQ(Right, 8);
  });
}

TEST_P(Goroutine, V7_UncaughtExceptionsIsPerGoroutine) {
  run([] {
    struct Unwinding {
      ~Unwinding() {
        EXPECT_EQ(std::uncaught_exceptions(), 1);
        go::yield();
        EXPECT_EQ(std::uncaught_exceptions(), 1);
      }
    };
    go::WaitGroup Wg;
    for (int I = 0; I < 4; ++I) {
      Wg.go([] {
        try {
          Unwinding U;
          throw 1;
        } catch (int) {
        }
      });
      Wg.go([] {
        for (int J = 0; J < 4; ++J) {
          EXPECT_EQ(std::uncaught_exceptions(), 0);
          go::yield();
        }
      });
    }
    Wg.wait();
  });
}

// The control words of the floating-point units are part of a context.
TEST_P(Goroutine, FloatingPointModeIsPerGoroutine) {
  run([] {
    auto C = go::makeChan<int>();
    go::spawn([=] {
      unsigned Mode = __builtin_ia32_stmxcsr();
      __builtin_ia32_ldmxcsr(Mode | 0x6000); // round towards zero
      C.send(1);
      __builtin_ia32_ldmxcsr(Mode);
      C.send(2);
    });
    unsigned Mine = __builtin_ia32_stmxcsr();
    C.recv();
    EXPECT_EQ(__builtin_ia32_stmxcsr() & 0x6000, Mine & 0x6000);
    C.recv();
  });
}

// Plain threads use channels, locks and spawn as goroutines do.
TEST(PlainThread, UsesEverythingWithoutMain) {
  enter(World{2, false, 0});
  auto C = go::makeChan<int>();
  go::WaitGroup Wg;
  go::Mutex Mu;
  int Sum = 0;
  std::thread Producer([&] {
    for (int I = 1; I <= 100; ++I)
      C.send(I);
    C.close();
  });
  for (int G = 0; G < 3; ++G)
    Wg.go([&] {
      for (int V : C) {
        Mu.lock();
        Sum += V;
        Mu.unlock();
      }
    });
  Wg.wait();
  Producer.join();
  EXPECT_EQ(Sum, 5050);
  int V = 0;
  EXPECT_EQ(go::select(go::recv(go::Chan<int>(), V), go::after(1ms)), 1);
  go::sleep(1ms);
  heddle::sched::Scheduler::get()->stop();
}

} // namespace
