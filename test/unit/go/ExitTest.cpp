// Deadlocks, panics and the end of main. Each in a process of its own.
#include "World.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

#if __has_feature(address_sanitizer)
// Goroutines that are left when main returns do not run their destructors.
extern "C" const char *__asan_default_options() { return "detect_leaks=0"; }
#endif

#ifndef SANITIZED
namespace {

GO_SUITE(Exit);

// Checks that Body, as main, ends the process with code 2 and this text.
#define EXPECT_FATAL(Body, Text)                                               \
  EXPECT_EXIT(                                                                 \
      {                                                                        \
        alarm(20);                                                             \
        run(Body);                                                             \
        _exit(0);                                                              \
      },                                                                       \
      testing::ExitedWithCode(2), Text)

TEST_P(Exit, D1_AllAsleepNamesEveryWait) {
  EXPECT_FATAL(
      [] {
        auto C = go::makeChan<int>();
        go::spawn([=] { C.recv(); });
        go::spawn([=] { go::Chan<int>().send(1); });
        go::makeChan<int>().send(1);
      },
      "fatal error: all goroutines are asleep - deadlock!(.|\n)*"
      "goroutine 1 \\[chan send\\]:(.|\n)*ExitTest.cpp(.|\n)*"
      "goroutine 2 \\[chan receive\\]:(.|\n)*created by(.|\n)*"
      "goroutine 3 \\[chan send \\(nil chan\\)\\]:");
}

TEST_P(Exit, D1_SelectKinds) {
  EXPECT_FATAL(
      [] {
        auto C = go::makeChan<int>();
        go::spawn([=] { go::select(go::recv(C), go::send(C, 1)); });
        go::select();
      },
      "goroutine 1 \\[select \\(no cases\\)\\]:(.|\n)*goroutine 2 "
      "\\[select\\]:");
}

TEST_P(Exit, D1_LocksAndGroups) {
  EXPECT_FATAL(
      [] {
        static go::Mutex Mu;
        static go::RWMutex Rw;
        static go::WaitGroup Wg;
        static go::Cond Cv(Mu);
        Wg.add(1);
        go::spawn([] {
          Mu.lock();
          Cv.wait();
        });
        go::spawn([] {
          Rw.lock();
          Rw.rLock();
        });
        Wg.wait();
      },
      "sync.WaitGroup.Wait(.|\n)*sync.Cond.Wait(.|\n)*sync.RWMutex.RLock");
}

TEST_P(Exit, D5_X4_SelfDeadlockOfAMutex) {
  EXPECT_FATAL(
      [] {
        go::Mutex Mu;
        Mu.lock();
        Mu.lock();
      },
      "asleep - deadlock!(.|\n)*goroutine 1 \\[sync.Mutex.Lock\\]");
}

TEST_P(Exit, O4_RecursiveOnce) {
  EXPECT_FATAL(
      [] {
        static go::Once O;
        O.call([] { O.call([] {}); });
      },
      "asleep - deadlock!");
}

TEST_P(Exit, R2_RecursiveReadLockWithAWriterBetween) {
  EXPECT_FATAL(
      [] {
        static go::RWMutex Mu;
        Mu.rLock();
        go::spawn([] { Mu.lock(); });
        while (Mu.try_lock_shared()) {
          Mu.rUnlock();
          go::sleep(10us);
        }
        Mu.rLock();
      },
      "asleep - deadlock!");
}

TEST_P(Exit, D2_TimersSuppressTheVerdict) {
  EXPECT_EXIT(
      {
        alarm(20);
        int Code = run([] {
          auto C = go::makeChan<int>();
          go::spawn([=] {
            go::sleep(5ms);
            C.send(1);
          });
          return C.recv() + 10;
        });
        _exit(Code);
      },
      testing::ExitedWithCode(11), "");
}

// D4: a plain thread may still wake a goroutine; once it has ended, nobody can.
TEST_P(Exit, D4_ForeignThreadSuppressesWhileItLives) {
  EXPECT_EXIT(
      {
        alarm(20);
        int Code = run([] {
          auto C = go::makeChan<int>();
          std::thread([=] {
            std::this_thread::sleep_for(30ms);
            C.send(1);
          }).detach();
          return C.recv() + 10;
        });
        _exit(Code);
      },
      testing::ExitedWithCode(11), "");
  EXPECT_FATAL(
      [] {
        std::thread([] { std::this_thread::sleep_for(20ms); }).detach();
        go::makeChan<int>().recv();
      },
      "asleep - deadlock!");
}

TEST_P(Exit, D4_ForeignThreadBlockedInGoCountsAsAsleep) {
  EXPECT_FATAL(
      [] {
        auto C = go::makeChan<int>();
        std::thread([=] { C.recv(); }).detach();
        go::makeChan<int>().recv();
      },
      "asleep - deadlock!");
}

TEST_P(Exit, G6_MainDoesNotWaitForOthers) {
  EXPECT_EXIT(
      {
        alarm(20);
        _exit(run([] {
          go::spawn([] { go::makeChan<int>().recv(); });
          return 3;
        }));
      },
      testing::ExitedWithCode(3), "");
}

TEST_P(Exit, G8_UncaughtPanic) {
  EXPECT_FATAL(
      [] {
        go::spawn([] { go::panic("lost"); });
        go::makeChan<int>().recv();
      },
      "panic: lost\n\ngoroutine 2 \\[running\\]:(.|\n)*created by");
}

TEST_P(Exit, G8_UncaughtException) {
  EXPECT_FATAL(
      [] {
        go::spawn([] { throw std::out_of_range("far"); });
        go::makeChan<int>().recv();
      },
      "panic: std::out_of_range: far");
}

TEST_P(Exit, G8_PanicOfMain) {
  EXPECT_FATAL([] { go::makeChan<int>(-1); },
               "panic: makechan: size out of range\n\ngoroutine 1 ");
}

TEST_P(Exit, G9_GoexitOfMain) {
  EXPECT_FATAL(
      [] {
        go::spawn([] { go::sleep(1ms); });
        go::goexit();
      },
      "no goroutines \\(main called runtime.Goexit\\) - deadlock!");
}

TEST_P(Exit, X2_UnlockOfUnlocked) {
  EXPECT_FATAL(
      [] {
        try {
          go::Mutex().unlock();
        } catch (...) { // not recoverable
        }
      },
      "fatal error: sync: unlock of unlocked mutex");
}

TEST_P(Exit, R4_UnlockOfUnlockedRWMutex) {
  EXPECT_FATAL([] { go::RWMutex().rUnlock(); },
               "fatal error: sync: RUnlock of unlocked RWMutex");
  EXPECT_FATAL([] { go::RWMutex().unlock(); },
               "fatal error: sync: Unlock of unlocked RWMutex");
}

int deep(int N) {
  volatile char Frame[512];
  Frame[0] = char(N);
  return N ? deep(N - 1) + Frame[0] : 0;
}

TEST_P(Exit, G17_StackOverflowIsAMessage) {
  EXPECT_FATAL(
      [] {
        go::spawn([] { deep(1'000'000); });
        go::makeChan<int>().recv();
      },
      "fatal error: stack overflow");
}

TEST_P(Exit, R5_NoUpgradeOfAReadLock) {
  EXPECT_FATAL(
      [] {
        go::RWMutex Mu;
        Mu.rLock();
        Mu.lock();
      },
      "asleep - deadlock!(.|\n)*sync.RWMutex.Lock");
}

TEST_P(Exit, L4_EmptySelectCountsAsAsleep) {
  EXPECT_FATAL([] { go::select(); },
               "goroutine 1 \\[select \\(no cases\\)\\]:");
}

TEST_P(Exit, D7_DeadlockCannotBeCaught) {
  EXPECT_FATAL(
      [] {
        try {
          go::Defer D([] { fprintf(stderr, "deferred\n"); });
          go::makeChan<int>().recv();
        } catch (...) {
          fprintf(stderr, "caught\n");
        }
      },
      "^fatal error: all goroutines are asleep - deadlock!(.|\n)*$");
}

// What overlaps is a map that is written by one who waits inside of it.
struct Slow {
  int Value = 0;
  go::Chan<int> Inside, Go;
  friend bool operator==(const Slow &A, const Slow &B) {
    return A.Value == B.Value;
  }
};
struct SlowHash {
  size_t operator()(const Slow &S) const {
    if (S.Inside) {
      S.Inside.send(1);
      S.Go.recv();
    }
    return size_t(S.Value);
  }
};
using IntMap = go::map<int, int>;
using SlowMap = go::map<Slow, int, SlowHash>;

template <class F> void besideAWrite(F Fn) {
  static SlowMap M;
  auto Inside = go::makeChan<int>(), Go = go::makeChan<int>();
  go::spawn([=] { M.set(Slow{1, Inside, Go}, 1); });
  Inside.recv();
  Fn(M);
}

TEST_P(Exit, V6_V8_ConcurrentMapReadAndWrite) {
  EXPECT_FATAL(
      [] {
        try {
          besideAWrite([](SlowMap &M) { M.find(Slow{2, {}, {}}); });
        } catch (...) { // not recoverable
        }
      },
      "fatal error: concurrent map read and map write");
}

TEST_P(Exit, V8_ConcurrentMapWrites) {
  EXPECT_FATAL([] { besideAWrite([](SlowMap &M) { M[Slow{2, {}, {}}] = 1; }); },
               "fatal error: concurrent map writes");
}

TEST_P(Exit, V8_ConcurrentMapIterationAndWrite) {
  EXPECT_FATAL(
      [] {
        static IntMap M;
        M[1] = 1;
        M[2] = 2;
        M.range([](int, int) {
          go::WaitGroup Wg;
          Wg.go([] { M[3] = 3; });
          Wg.wait();
        });
      },
      "fatal error: concurrent map iteration and map write");
}

TEST_P(Exit, V4_SecondPanicIsPrintedWithTheFirst) {
  EXPECT_FATAL(
      [] {
        go::Defer D([] { go::panic("second"); });
        go::panic("first");
      },
      "panic: first\n\tpanic: second\n");
}

TEST_P(Exit, G10_PanicDuringGoexitWins) {
  EXPECT_FATAL(
      [] {
        go::spawn([] {
          go::Defer D([] { go::panic("late"); });
          go::goexit();
        });
        go::makeChan<int>().recv();
      },
      "panic: late\n\ngoroutine 2 \\[running\\]:");
}

TEST_P(Exit, G9_SwallowedGoexitIsFatal) {
  EXPECT_FATAL(
      [] {
        go::spawn([] {
          try {
            go::goexit();
          } catch (...) {
          }
        });
        go::makeChan<int>().recv();
      },
      "fatal error: goexit was swallowed by a handler");
}

TEST_P(Exit, V5_ExitRunsNoDefers) {
  EXPECT_EXIT(
      {
        alarm(20);
        run([] {
          go::Defer D([] { fprintf(stderr, "deferred\n"); });
          std::exit(7);
        });
      },
      testing::ExitedWithCode(7), "^$");
}

// A panic runs the deferred functions of its goroutine, then ends the process.
TEST_P(Exit, G8_V1_DefersRunBeforeTheEnd) {
  EXPECT_FATAL(
      [] {
        go::Defer D([] { fprintf(stderr, "deferred\n"); });
        go::panic("lost");
      },
      "^deferred\npanic: lost\n");
}

TEST_P(Exit, X4_D5_SecondLockByAnotherNeverUnlocked) {
  EXPECT_FATAL(
      [] {
        go::Mutex Mu;
        go::WaitGroup Wg;
        Mu.lock();
        Wg.go([&] { Mu.lock(); });
        Wg.wait();
      },
      "sync.WaitGroup.Wait(.|\n)*sync.Mutex.Lock");
}

TEST_P(Exit, E7_SemaphoreDeadlock) {
  EXPECT_FATAL(
      [] {
        go::Semaphore S(1);
        S.acquire();
        S.acquire();
      },
      "asleep - deadlock!(.|\n)*semacquire");
}

TEST_P(Exit, G6_NoDestructorsOfOthersAtTheEnd) {
  EXPECT_EXIT(
      {
        alarm(20);
        _exit(run([] {
          auto Started = go::makeChan<int>();
          go::spawn([=] {
            go::Defer D([] { fprintf(stderr, "deferred\n"); });
            Started.send(1);
            go::makeChan<int>().recv();
          });
          Started.recv();
          return 4;
        }));
      },
      testing::ExitedWithCode(4), "^$");
}

TEST(Setup, AnUnknownPolicyIsAnError) {
  EXPECT_EXIT(
      {
        setenv("HEDDLE_SCHED", "rnadom:7", 1);
        heddle::sched::setupFromEnvironment();
        _exit(0);
      },
      testing::ExitedWithCode(2), "is no scheduling policy");
}

} // namespace
#endif
