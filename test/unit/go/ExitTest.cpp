// Deadlocks, panics and the end of main: golib.md 3.1, 3.2. Each in a process
// of its own.
#include "World.h"

#include <csignal>
#include <cstdio>
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

TEST_P(Exit, D5_SelfDeadlockOfAMutex) {
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
