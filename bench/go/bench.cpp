// The cost of go::'s basic operations, in nanoseconds; the peer is peer.go.
//
// Each figure is the best of many short batches, so that other load on the
// machine, which takes the processor away for longer than a batch, is left out.
#include <go/go.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBatches = 300;

template <class F> void report(const char *Name, int N, F Batch) {
  double Best = 1e18;
  for (int I = 0; I < kBatches; ++I) {
    auto Begin = Clock::now();
    Batch();
    std::chrono::duration<double, std::nano> Spent = Clock::now() - Begin;
    Best = std::min(Best, Spent.count() / N);
  }
  std::printf("%s %.1f\n", Name, Best);
}

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

} // namespace

int main() {
  return go::main([] {
    pingPong(1000);
    spawn(100);
    selectTwo(1000);
    mutex(10000);
  });
}
