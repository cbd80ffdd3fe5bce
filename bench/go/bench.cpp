// The cost of go::'s basic operations; the peers are peer.go (the same in Go),
// fibers.cpp (Boost.Fiber) and threads.cpp (the standard library).
//
// With an argument: the memory of parked goroutines, in a process of its own
// because neither is to meet what the other leaves behind.
#include "Measure.h"

#include <go/go.h>

#include <atomic>

using namespace std::chrono_literals;

namespace {

void pingPong(int N) {
  auto Ping = go::makeChan<int>(), Pong = go::makeChan<int>();
  go::spawn([=] {
    for (int V : Ping)
      Pong.send(V);
  });
  report("ping-pong", N, [=] {
    for (int I = 0; I < N; ++I) {
      Ping.send(I);
      Pong.recv();
    }
  });
  Ping.close();
}

void buffered(int N) {
  auto C = go::makeChan<int>(100), Done = go::makeChan<int>();
  go::spawn([=] {
    for (int V : C)
      if (V == N - 1)
        Done.send(V);
  });
  report("buffered", N, [=] {
    for (int I = 0; I < N; ++I)
      C.send(I);
    Done.recv();
  });
  C.close();
}

void spawn(int N) {
  go::WaitGroup Wg;
  report("spawn", N, [&] {
    for (int I = 0; I < N; ++I) {
      Wg.add(1);
      go::spawn([&Wg] { Wg.done(); });
    }
    Wg.wait();
  });
}

void selectTwo(int N) {
  auto A = go::makeChan<int>(), B = go::makeChan<int>();
  auto Done = go::makeChan<int>();
  go::spawn([=] {
    while (go::select(go::recv(A), go::recv(B), go::recv(Done)) != 2)
      ;
  });
  report("select", N, [=] {
    for (int I = 0; I < N; ++I)
      (I % 2 ? B : A).send(I);
  });
  Done.close();
}

void mutex(int N) {
  go::Mutex Mu;
  volatile int Count = 0;
  report("mutex", N, [&] {
    for (int I = 0; I < N; ++I) {
      Mu.lock();
      Count = Count + 1;
      Mu.unlock();
    }
  });
}

void contended(int N) {
  constexpr int kParties = 4;
  go::Mutex Mu;
  int Count = 0;
  auto Batch = [&] {
    go::WaitGroup Wg;
    for (int P = 0; P < kParties; ++P)
      Wg.go([&] {
        for (int I = 0; I < N; ++I) {
          Mu.lock();
          ++Count;
          Mu.unlock();
        }
      });
    Wg.wait();
  };
  reportMean("contended", N * kParties, Batch, 20);
}

void timer(int N) {
  report("timer", N, [&] {
    for (int I = 0; I < N; ++I) {
      go::Timer T(1h);
      T.stop();
    }
  });
}

void context(int N) {
  report("context", N, [&] {
    for (int I = 0; I < N; ++I) {
      auto Ctx = go::withCancel(go::Context());
      Ctx.cancel();
    }
  });
}

void parked(int N) {
  auto C = go::makeChan<int>();
  std::atomic<int> Started{0};
  double Before = residentBytes();
  for (int I = 0; I < N; ++I)
    go::spawn([&, C] {
      Started.fetch_add(1);
      C.recv();
    });
  while (Started.load() < N)
    go::yield();
  go::sleep(20ms);
  std::printf("bytes-parked %.1f\n", (residentBytes() - Before) / N);
  C.close();
}

} // namespace

int main(int Count, char **) {
  if (Count > 1)
    return go::main([] { parked(kParked); });
  return go::main([] {
    pingPong(1000);
    buffered(1000);
    selectTwo(1000);
    spawn(100);
    mutex(10000);
    contended(100000);
    timer(1000);
    context(1000);
  });
}
