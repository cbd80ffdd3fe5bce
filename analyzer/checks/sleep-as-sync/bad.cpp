// Sleeping until a result should be there.
#include <go/go.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

int compute();
void use(int);

void plain() {
  int Answer = 0;
  go::spawn([&] { Answer = compute(); });
  go::sleep(10ms); // bug: sleep-as-sync
  use(Answer);
}

// An atomic is read in one piece, but not later.
void atomic() {
  std::atomic<int> Answer = 0;
  std::thread T([&] { Answer = compute(); });
  std::this_thread::sleep_for(1s); // bug: sleep-as-sync
  use(Answer);
  T.join();
}

// A lock does not make it ready either.
struct Cache {
  std::mutex M;
  std::vector<int> Values;
  void fill() {
    std::lock_guard Guard(M);
    Values.push_back(compute());
  }
  size_t size() {
    std::lock_guard Guard(M);
    return Values.size();
  }
};

void locked() {
  Cache C;
  std::thread T([&] { C.fill(); });
  std::this_thread::sleep_for(100ms); // bug: sleep-as-sync
  use(int(C.size()));
  T.join();
}

// Through helpers.
void settle() {
  std::this_thread::sleep_for(50ms); // bug: sleep-as-sync
}
void store(std::atomic<int> &To) { To = compute(); }

void throughHelpers() {
  std::atomic<int> Answer = 0;
  std::thread T(store, std::ref(Answer));
  settle();
  use(Answer);
  T.join();
}

// Several tasks, a loop of known length.
void several() {
  std::atomic<int> Sum = 0;
  std::vector<std::thread> All;
  for (int I = 0; I < 4; ++I)
    All.emplace_back([&] { Sum += compute(); });
  std::this_thread::sleep_for(1s); // bug: sleep-as-sync
  use(Sum);
  for (auto &T : All)
    T.join();
}
