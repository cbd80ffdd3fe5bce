// Signals arrive in four threads that lock, allocate and use atomics; the
// handler uses atomics, too.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t %scale
#include "Scale.h"

#include <csignal>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <vector>

static std::mutex Guard;
static std::atomic<long> Handled, Rounds;
static long Data;

static void handler(int) { Handled.fetch_add(1); }

int main(int, char **Arguments) {
  struct sigaction Action = {};
  Action.sa_handler = handler;
  Action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &Action, nullptr);
  int Signals = scaled(Arguments, 20000);
  std::atomic<bool> Stop = false;
  std::vector<std::thread> Threads;
  for (int I = 0; I < 4; ++I)
    Threads.emplace_back([&] {
      while (!Stop) {
        auto Own = std::make_unique<long>(Rounds.fetch_add(1));
        std::lock_guard Hold(Guard);
        Data += *Own;
      }
    });
  for (int I = 0; I < Signals; ++I) {
    pthread_kill(Threads[I % 4].native_handle(), SIGUSR1);
    if (I % 64 == 0)
      sched_yield();
  }
  Stop = true;
  for (std::thread &T : Threads)
    T.join();
  return Handled > 0 ? 0 : 3;
}
