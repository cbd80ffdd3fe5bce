// C2: one thread holds 70 mutexes, another 5,000, and the last one guards.
// ThreadSanitizer 19: aborts in its deadlock detector, then hangs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <mutex>
#include <thread>
#include <vector>

static std::mutex Last;
static int Shared;

static void holdMany(int Count) {
  std::vector<std::mutex> Own(Count);
  for (std::mutex &M : Own)
    M.lock();
  {
    std::lock_guard Hold(Last);
    ++Shared;
  }
  for (std::mutex &M : Own)
    M.unlock();
}

int main() {
  std::thread First(holdMany, 70), Second(holdMany, 5000);
  First.join();
  Second.join();
  return Shared == 2 ? 0 : 3;
}
