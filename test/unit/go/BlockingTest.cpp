// G13, G14, G15: threads that hold up, and errno. golib.md 3.1.
#include "World.h"

#include <atomic>
#include <cerrno>
#include <stdexcept>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Blocking);

// pthread_self would not do: the compiler takes it for constant.
pid_t thread() { return gettid(); }

struct Pipe {
  int Ends[2];
  Pipe() { EXPECT_EQ(pipe(Ends), 0); }
  ~Pipe() {
    close(Ends[0]);
    close(Ends[1]);
  }
};

TEST_P(Blocking, G15_OthersGoOnWithOneWorker) {
  run([] {
    go::maxProcs(1);
    Pipe P;
    auto Ready = go::makeChan<int>();
    go::WaitGroup Wg;
    Wg.go([&] {
      Ready.recv();
      char C = 'x';
      EXPECT_EQ(write(P.Ends[1], &C, 1), 1);
    });
    Wg.go([&] { Ready.send(1); });
    char C = 0;
    ssize_t N = go::blocking([&] { return read(P.Ends[0], &C, 1); });
    EXPECT_EQ(N, 1);
    EXPECT_EQ(C, 'x');
    Wg.wait();
  });
}

TEST_P(Blocking, G15_ResultsExceptionsAndErrnoComeBack) {
  run([] {
    auto Home = thread();
    int X = 1;
    int &Same = go::blocking([&]() -> int & { return X; });
    EXPECT_EQ(&Same, &X);
    EXPECT_EQ(*go::blocking([] { return std::make_unique<int>(4); }), 4);
    EXPECT_THROW(go::blocking([] { throw std::runtime_error("x"); }),
                 std::runtime_error);
    EXPECT_EQ(go::blocking([] { return read(-1, nullptr, 0); }), -1);
    EXPECT_EQ(errno, EBADF);
    bool Elsewhere = go::blocking([&] { return thread() != Home; });
    EXPECT_TRUE(Elsewhere);
#ifndef UNDER_TSAN // goroutines, main excepted, move under a detector
    EXPECT_EQ(thread(), Home);
#endif
  });
}

TEST_P(Blocking, G15_ManyAtOnceAndGoCallsInside) {
  run([] {
    go::WaitGroup Wg;
    auto C = go::makeChan<int>();
    for (int I = 0; I < 100; ++I)
      Wg.go([=] { go::blocking([&] { C.send(I); }); });
    int Sum = 0;
    for (int I = 0; I < 100; ++I)
      Sum += C.recv();
    EXPECT_EQ(Sum, 4950);
    Wg.wait();
  });
}

// To ThreadSanitizer, errno is the thread's.
[[gnu::noinline, clang::no_sanitize("thread")]] void setErrno(int To) {
  errno = To;
}
[[gnu::noinline, clang::no_sanitize("thread")]] int errnoNow() { return errno; }

TEST_P(Blocking, G15_ErrnoIsPerGoroutine) {
  run([] {
    go::WaitGroup Wg;
    for (int I = 1; I <= 8; ++I)
      Wg.go([I] {
        setErrno(I);
        for (int K = 0; K < 10; ++K) {
          go::yield();
          EXPECT_EQ(errnoNow(), I);
        }
      });
    Wg.wait();
  });
}

TEST_P(Blocking, G14_ALockedGoroutineHasItsThreadAlone) {
  run([Controlled = GetParam().Random] {
    if (Controlled) // one thread runs everything
      return;
    go::WaitGroup Wg;
    std::atomic<bool> Locked{false};
    pid_t Alone = 0;
    Wg.go([&] {
      go::lockOsThread();
      go::lockOsThread();
      Alone = thread();
      Locked = true;
      go::unlockOsThread(); // still locked once
      for (int I = 0; I < 100; ++I) {
        go::yield();
        EXPECT_EQ(thread(), Alone);
      }
      go::sleep(100us);
      EXPECT_EQ(thread(), Alone);
      go::unlockOsThread();
      EXPECT_NE(thread(), Alone);
      go::unlockOsThread(); // no effect
    });
    for (int G = 0; G < 4; ++G)
      Wg.go([&] {
        for (int I = 0; I < 100; ++I) {
          if (Locked)
            EXPECT_NE(thread(), Alone);
          go::yield();
        }
      });
    Wg.wait();
  });
}

std::atomic<int> Ended{0};
struct OnThreadEnd {
  bool Counts = false;
  ~OnThreadEnd() { Ended += Counts; }
};
[[gnu::noinline]] void markThread() {
  static thread_local OnThreadEnd Marker;
  Marker.Counts = true;
}

TEST_P(Blocking, G14_EndsItsThreadWithItself) {
  run([Controlled = GetParam().Random] {
    if (Controlled)
      return;
    Ended = 0;
    for (int I = 0; I < 5; ++I)
      go::spawn([] {
        go::lockOsThread();
        markThread();
      });
    while (Ended < 5)
      go::yield();
  });
}

TEST_P(Blocking, G14_LockInsideABlockingCallKeepsTheThread) {
  run([Controlled = GetParam().Random] {
    if (Controlled)
      return;
    pid_t Inside = 0;
    go::blocking([&] {
      Inside = thread();
      go::lockOsThread();
    });
    EXPECT_EQ(thread(), Inside);
    go::unlockOsThread();
    EXPECT_NE(thread(), Inside);
  });
}

#ifndef SANITIZED
// D1: one in a blocking call may still wake the others; when it is back,
// nobody can.
TEST_P(Blocking, D1_ABlockingCallSuppressesTheVerdict) {
  EXPECT_EXIT(
      {
        alarm(20);
        run([] {
          auto C = go::makeChan<int>();
          go::spawn([=] {
            go::blocking([] { usleep(50000); });
            C.send(1);
          });
          C.recv();
          fprintf(stderr, "received\n");
          C.recv();
        });
      },
      testing::ExitedWithCode(2), "received\nfatal error: all goroutines are");
}

TEST_P(Blocking, D1_ALockedGoroutineIsAsleepToo) {
  EXPECT_EXIT(
      {
        alarm(20);
        run([] {
          go::spawn([] {
            go::lockOsThread();
            go::makeChan<int>().recv();
          });
          go::makeChan<int>().recv();
        });
      },
      testing::ExitedWithCode(2), "all goroutines are asleep - deadlock!");
}
#endif

} // namespace
