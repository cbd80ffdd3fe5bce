// The same programs on the standard library's threads, as far as it has the
// operations.
#include "Measure.h"

#include <condition_variable>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

namespace {

constexpr int kFewBatches = 20;

void pingPong(int N) {
  std::binary_semaphore Ping{0}, Pong{0};
  bool Ends = false;
  std::thread Partner([&] {
    for (;;) {
      Ping.acquire();
      if (Ends)
        return;
      Pong.release();
    }
  });
  report(
      "ping-pong", N,
      [&] {
        for (int I = 0; I < N; ++I) {
          Ping.release();
          Pong.acquire();
        }
      },
      kFewBatches);
  Ends = true;
  Ping.release();
  Partner.join();
}

void spawn(int N) {
  std::vector<std::thread> All;
  report(
      "spawn", N,
      [&] {
        for (int I = 0; I < N; ++I)
          All.emplace_back([] {});
        for (std::thread &T : All)
          T.join();
        All.clear();
      },
      kFewBatches);
}

void mutex(int N) {
  std::mutex Mu;
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
  std::mutex Mu;
  int Count = 0;
  auto Batch = [&] {
    std::vector<std::thread> All;
    for (int P = 0; P < kParties; ++P)
      All.emplace_back([&] {
        for (int I = 0; I < N; ++I) {
          Mu.lock();
          ++Count;
          Mu.unlock();
        }
      });
    for (std::thread &T : All)
      T.join();
  };
  reportMean("contended", N * kParties, Batch, kFewBatches);
}

void parked(int N) {
  std::mutex Mu;
  std::condition_variable Changed;
  int Started = 0;
  bool Open = false;
  std::vector<std::thread> All;
  double Before = residentBytes();
  for (int I = 0; I < N; ++I)
    All.emplace_back([&] {
      std::unique_lock Lock(Mu);
      ++Started;
      Changed.notify_all();
      Changed.wait(Lock, [&] { return Open; });
    });
  std::unique_lock Lock(Mu);
  Changed.wait(Lock, [&] { return Started == N; });
  std::printf("bytes-parked %.1f\n", (residentBytes() - Before) / N);
  Open = true;
  Lock.unlock();
  Changed.notify_all();
  for (std::thread &T : All)
    T.join();
}

} // namespace

int main(int Count, char **) {
  if (Count > 1) {
    parked(500);
    return 0;
  }
  pingPong(1000);
  spawn(20);
  mutex(10000);
  contended(100000);
}
