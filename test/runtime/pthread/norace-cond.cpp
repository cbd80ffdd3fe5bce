// Hand-over through a condition variable and its mutex.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

static std::mutex M;
static std::condition_variable C;
static bool Full;
static int Shared;

static void produce() {
  for (int I = 1; I <= 200; ++I) {
    std::unique_lock<std::mutex> Hold(M);
    C.wait(Hold, [] { return !Full; });
    Shared = I;
    Full = true;
    C.notify_all();
  }
}

int main() {
  std::thread T(produce);
  int Sum = 0;
  for (int I = 1; I <= 200; ++I) {
    std::unique_lock<std::mutex> Hold(M);
    while (!C.wait_for(Hold, std::chrono::seconds(100), [] { return Full; }))
      ;
    Sum += Shared;
    Full = false;
    C.notify_all();
  }
  T.join();
  return Sum == 20100 ? 0 : 1;
}
