// libstdc++: writers and readers of a map under a shared_mutex and a
// shared_timed_mutex.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <chrono>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

template <class Mutex> static bool run() {
  Mutex Guard;
  std::map<int, int> Table;
  long Found = 0;
  std::mutex FoundGuard;
  {
    std::vector<std::jthread> Threads;
    for (int T = 0; T < 2; ++T)
      Threads.emplace_back([&, T] {
        for (int I = 0; I < 100; ++I) {
          std::unique_lock<Mutex> Hold(Guard);
          Table[2 * I + T] = I;
        }
      });
    for (int T = 0; T < 3; ++T)
      Threads.emplace_back([&] {
        long Mine = 0;
        for (int I = 0; I < 200; ++I) {
          std::shared_lock<Mutex> Hold(Guard);
          Mine += Table.count(I);
        }
        std::lock_guard<std::mutex> Hold(FoundGuard);
        Found += Mine;
      });
  }
  return Table.size() == 200 && Found <= 600;
}

int main() {
  return run<std::shared_mutex>() && run<std::shared_timed_mutex>() ? 0 : 3;
}
