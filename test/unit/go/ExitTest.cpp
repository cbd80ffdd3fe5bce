// Deadlocks and the end of main. Each in a process of its own.
#include "Fatal.h"

#include <cstdio>
#include <cstdlib>
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
