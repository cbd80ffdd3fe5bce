// libstdc++: a bounded queue with two condition variables, timed waits among
// them.
// ThreadSanitizer 19: silent in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

int main() {
  std::mutex Lock;
  std::condition_variable NotFull, NotEmpty;
  std::deque<std::vector<int>> Items;
  long Sum = 0;
  std::thread Producer([&] {
    for (int I = 0; I < 300; ++I) {
      std::unique_lock<std::mutex> Hold(Lock);
      NotFull.wait(Hold, [&] { return Items.size() < 4; });
      Items.push_back({I, I + 1});
      NotEmpty.notify_one();
    }
  });
  std::thread Consumer([&] {
    for (int I = 0; I < 300; ++I) {
      std::unique_lock<std::mutex> Hold(Lock);
      while (!NotEmpty.wait_for(Hold, std::chrono::milliseconds(1),
                                [&] { return !Items.empty(); })) {
      }
      std::vector<int> Item = std::move(Items.front());
      Items.pop_front();
      NotFull.notify_all();
      Hold.unlock();
      Sum += Item[1] - Item[0];
    }
  });
  Producer.join();
  Consumer.join();
  return Sum == 300 ? 0 : 3;
}
