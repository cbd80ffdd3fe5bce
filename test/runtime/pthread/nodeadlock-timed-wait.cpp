// A wait with a limit ends by itself.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

int main() {
  std::mutex M;
  std::condition_variable C;
  std::thread T([&] {
    std::unique_lock<std::mutex> Hold(M);
    C.wait_for(Hold, std::chrono::milliseconds(800));
  });
  T.join();
}
