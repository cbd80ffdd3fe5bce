// G11: goroutines that never yield are told of; the list of all goroutines.
#include "World.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace std::chrono_literals;

#ifndef SANITIZED
namespace {

void enterWatched(int64_t Millis) {
  heddle::sched::Setup S;
  S.Workers = 2;
  S.WatchdogMillis = Millis;
  heddle::sched::setSetup(S);
}

// Uses the processor for so long, whatever else runs on the machine.
void compute(double Seconds) {
  timespec T;
  double End = 0;
  do {
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &T);
    double Now = double(T.tv_sec) + double(T.tv_nsec) / 1e9;
    End = End ? End : Now + Seconds;
    if (Now >= End)
      return;
  } while (true);
}

TEST(Watchdog, G11_TellsOfAGoroutineThatComputes) {
  EXPECT_EXIT(
      {
        alarm(60);
        enterWatched(40);
        go::main([] {
          go::WaitGroup Wg;
          Wg.go([] { compute(0.5); });
          Wg.wait();
        });
        _exit(7);
      },
      testing::ExitedWithCode(7),
      "heddle: goroutine 2 has run for [0-9]+ ms without a scheduling point: "
      "it computes; call go::yield\\(\\) now and then\ncreated by");
}

TEST(Watchdog, G11_TellsOfASystemCallOutsideOfBlocking) {
  EXPECT_EXIT(
      {
        alarm(60);
        enterWatched(40);
        go::main([] { usleep(400000); });
        _exit(7);
      },
      testing::ExitedWithCode(7), "waits in a system call; wrap that in");
}

TEST(Watchdog, G11_SilentAboutOneThatYields) {
  EXPECT_EXIT(
      {
        alarm(60);
        enterWatched(100);
        go::main([] {
          for (int I = 0; I < 100; ++I) {
            compute(0.003);
            go::yield();
          }
          go::blocking([] { usleep(300000); });
        });
        fprintf(stderr, "silent");
        _exit(7);
      },
      testing::ExitedWithCode(7), "^silent$");
}

TEST(Stacks, SignalListsEveryGoroutine) {
  EXPECT_EXIT(
      {
        alarm(60);
        enter(World{2, false, 0});
        go::main([] {
          auto C = go::makeChan<int>();
          go::WaitGroup Wg;
          go::spawn([=] { C.recv(); });
          Wg.add(1);
          go::spawn([&] { Wg.wait(); });
          for (int I = 0; I < 20; ++I) { // until all are parked
            kill(getpid(), SIGURG);
            go::sleep(20ms);
          }
        });
        _exit(7);
      },
      testing::ExitedWithCode(7),
      "3 goroutines\n\ngoroutine 1 \\[[a-z]+\\]:(.|\n)*"
      "goroutine 2 \\[chan receive\\]:\n(.|\n)*MonitorTest.cpp(.|\n)*"
      "created by (.|\n)*goroutine 3 \\[sync.WaitGroup.Wait\\]:");
}

// G16: timers fire though every worker is busy.
TEST(Timers, G16_FireWhileAllWorkersCompute) {
  enter(World{1, false, 0});
  go::main([] {
    std::atomic<bool> Fired{false};
    auto T = go::afterFunc(1ms, [&] { Fired = true; });
    auto C = go::after(1ms);
    go::WaitGroup Wg;
    Wg.go([&] {
      bool Received = false;
      for (int I = 0; I < 10000 && !Received; ++I) {
        compute(0.001);
        Received = C.tryRecv().has_value();
      }
      EXPECT_TRUE(Received);
    });
    Wg.wait();
    while (!Fired)
      go::yield();
  });
}

} // namespace
#endif
