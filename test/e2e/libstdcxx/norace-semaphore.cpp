// libstdc++: a binary semaphore as a lock, and a pair of semaphores as a
// hand-over of items.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <memory>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

int main() {
  std::binary_semaphore Lock(1);
  int Users = 0;
  std::counting_semaphore<4> Free(4), Full(0);
  std::unique_ptr<int> Ring[4];
  long Sum = 0;
  {
    std::vector<std::jthread> Threads;
    for (int T = 0; T < 3; ++T)
      Threads.emplace_back([&] {
        for (int I = 0; I < 200; ++I) {
          Lock.acquire();
          ++Users;
          Lock.release();
        }
      });
    Threads.emplace_back([&] {
      for (int I = 0; I < 200; ++I) {
        Free.acquire();
        Ring[I % 4] = std::make_unique<int>(I);
        Full.release();
      }
    });
    Threads.emplace_back([&] {
      for (int I = 0; I < 200; ++I) {
        Full.acquire();
        Sum += *std::exchange(Ring[I % 4], nullptr);
        Free.release();
      }
    });
  }
  return Users == 600 && Sum == 199 * 100 ? 0 : 3;
}
