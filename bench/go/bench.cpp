// The cost of go::'s basic operations, in nanoseconds; the peer is peer.go.
#include <go/go.h>

#include <chrono>
#include <cstdio>

namespace {

using Clock = std::chrono::steady_clock;

void report(const char *Name, int N, Clock::time_point Begin) {
  std::chrono::duration<double, std::nano> Spent = Clock::now() - Begin;
  std::printf("%s %.1f\n", Name, Spent.count() / N);
}

void pingPong(int N) {
  auto Ping = go::makeChan<int>(), Pong = go::makeChan<int>();
  go::spawn([=] {
    for (int V : Ping)
      Pong.send(V);
  });
  auto Begin = Clock::now();
  for (int I = 0; I < N; ++I) {
    Ping.send(I);
    Pong.recv();
  }
  report("ping-pong", N, Begin);
  Ping.close();
}

void spawn(int N) {
  go::WaitGroup Wg;
  auto Begin = Clock::now();
  for (int I = 0; I < N; ++I) {
    Wg.add(1);
    go::spawn([&Wg] { Wg.done(); });
    if (I % 100 == 99)
      Wg.wait();
  }
  Wg.wait();
  report("spawn", N, Begin);
}

void selectTwo(int N) {
  auto A = go::makeChan<int>(), B = go::makeChan<int>();
  auto Done = go::makeChan<bool>();
  go::spawn([=] {
    for (int I = 0; I < N; ++I)
      go::select(go::recv(A), go::recv(B));
    Done.send(true);
  });
  auto Begin = Clock::now();
  for (int I = 0; I < N; ++I)
    (I % 2 ? B : A).send(I);
  Done.recv();
  report("select-of-two", N, Begin);
}

void mutex(int N) {
  go::Mutex Mu;
  volatile int Count = 0;
  auto Begin = Clock::now();
  for (int I = 0; I < N; ++I) {
    Mu.lock();
    Count = Count + 1;
    Mu.unlock();
  }
  report("mutex", N, Begin);
}

} // namespace

int main() {
  return go::main([] {
    pingPong(500000);
    spawn(500000);
    selectTwo(500000);
    mutex(10000000);
  });
}
