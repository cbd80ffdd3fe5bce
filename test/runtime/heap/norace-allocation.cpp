// Allocations that are ordered before all use of their blocks, or whose memory
// somebody else had before.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=verbose %t 2>&1 | FileCheck %s
// CHECK: heddle: ok
#include "../exact/Unseen.h"

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

static constexpr size_t kSizes[] = {1, 16, 100, 129, 300, 4096, 9000, 300'000};

static void use(char *P, size_t Size) {
  for (size_t I = 0; I < Size; I += 1 + Size / 64)
    P[I] = char(P[I] + 1);
}

// Allocated alone, before there are threads.
static void beforeThreads() {
  for (size_t Size : kSizes) {
    auto *P = static_cast<char *>(std::calloc(1, Size));
    std::thread([=] { use(P, Size); }).join();
    std::free(P);
  }
}

static void throughAtomic() {
  static std::atomic<char *> Where;
  for (size_t Size : kSizes) {
    std::thread Maker([=] {
      Where.store(static_cast<char *>(std::calloc(1, Size)),
                  std::memory_order_release);
    });
    std::thread User([=] {
      char *P;
      while (!(P = Where.exchange(nullptr, std::memory_order_acquire)))
        std::this_thread::yield();
      use(P, Size);
      std::free(P);
    });
    Maker.join();
    User.join();
  }
}

static void throughMutex() {
  static std::mutex M;
  static std::vector<std::pair<char *, size_t>> Pool;
  auto Work = [](unsigned Seed) {
    for (int I = 0; I < 300; ++I) {
      size_t Size = kSizes[(Seed + unsigned(I)) % 8];
      auto *Mine = static_cast<char *>(std::calloc(1, Size));
      std::lock_guard Hold(M);
      Pool.push_back({Mine, Size});
      auto [P, N] = Pool[(Seed * unsigned(I)) % Pool.size()];
      use(P, N);
      if (Pool.size() > 20) {
        std::free(Pool.front().first);
        Pool.erase(Pool.begin());
      }
    }
  };
  std::thread A(Work, 1), B(Work, 3);
  A.join();
  B.join();
  for (auto [P, Size] : Pool)
    std::free(P);
}

// One thread frees, the other is given the memory: nothing orders them but the
// allocator.
static void reused() {
  Unseen Order;
  for (size_t Size : kSizes) {
    Unseen Turn;
    auto Work = [&](int Mine) {
      Turn.await(Mine);
      auto *P = static_cast<char *>(std::calloc(1, Size));
      use(P, Size);
      std::free(P);
      Turn.reach(Mine + 1);
      Turn.await(2);
    };
    std::thread A(Work, 0), B(Work, 1);
    A.join();
    B.join();
  }
}

int main() {
  beforeThreads();
  throughAtomic();
  throughMutex();
  reused();
}
