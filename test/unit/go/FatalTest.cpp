// Panics that nobody recovers and other fatal errors. Each in a process of its
// own.
#include "Fatal.h"

#include <cstdlib>
#include <stdexcept>

using namespace std::chrono_literals;

#ifndef SANITIZED
namespace {

GO_SUITE(Fatal);

TEST_P(Fatal, G8_UncaughtPanic) {
  EXPECT_FATAL(
      [] {
        go::spawn([] { go::panic("lost"); });
        go::makeChan<int>().recv();
      },
      "panic: lost\n\ngoroutine 2 \\[running\\]:(.|\n)*created by");
}

TEST_P(Fatal, G8_UncaughtException) {
  EXPECT_FATAL(
      [] {
        go::spawn([] { throw std::out_of_range("far"); });
        go::makeChan<int>().recv();
      },
      "panic: std::out_of_range: far");
}

TEST_P(Fatal, G8_PanicOfMain) {
  EXPECT_FATAL([] { go::makeChan<int>(-1); },
               "panic: makechan: size out of range\n\ngoroutine 1 ");
}

TEST_P(Fatal, G9_GoexitOfMain) {
  EXPECT_FATAL(
      [] {
        go::spawn([] { go::sleep(1ms); });
        go::goexit();
      },
      "no goroutines \\(main called runtime.Goexit\\) - deadlock!");
}

TEST_P(Fatal, X2_UnlockOfUnlocked) {
  EXPECT_FATAL(
      [] {
        try {
          go::Mutex().unlock();
        } catch (...) { // not recoverable
        }
      },
      "fatal error: sync: unlock of unlocked mutex");
}

TEST_P(Fatal, R4_UnlockOfUnlockedRWMutex) {
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

TEST_P(Fatal, G17_StackOverflowIsAMessage) {
  EXPECT_FATAL(
      [] {
        go::spawn([] { deep(1'000'000); });
        go::makeChan<int>().recv();
      },
      "fatal error: stack overflow");
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

TEST_P(Fatal, V6_V8_ConcurrentMapReadAndWrite) {
  EXPECT_FATAL(
      [] {
        try {
          besideAWrite([](SlowMap &M) { M.find(Slow{2, {}, {}}); });
        } catch (...) { // not recoverable
        }
      },
      "fatal error: concurrent map read and map write");
}

TEST_P(Fatal, V8_ConcurrentMapWrites) {
  EXPECT_FATAL([] { besideAWrite([](SlowMap &M) { M[Slow{2, {}, {}}] = 1; }); },
               "fatal error: concurrent map writes");
}

TEST_P(Fatal, V8_ConcurrentMapIterationAndWrite) {
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

TEST_P(Fatal, V4_SecondPanicIsPrintedWithTheFirst) {
  EXPECT_FATAL(
      [] {
        go::Defer D([] { go::panic("second"); });
        go::panic("first");
      },
      "panic: first\n\tpanic: second\n");
}

TEST_P(Fatal, G10_PanicDuringGoexitWins) {
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

TEST_P(Fatal, G9_SwallowedGoexitIsFatal) {
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

// A panic runs the deferred functions of its goroutine, then ends the process.
TEST_P(Fatal, G8_V1_DefersRunBeforeTheEnd) {
  EXPECT_FATAL(
      [] {
        go::Defer D([] { fprintf(stderr, "deferred\n"); });
        go::panic("lost");
      },
      "^deferred\npanic: lost\n");
}

} // namespace
#endif
