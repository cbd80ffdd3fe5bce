// Readers and writers of one read-write lock.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <mutex>
#include <shared_mutex>
#include <thread>

static std::shared_mutex L;
static int Shared, Seen[2];

static void work(int Me) {
  for (int I = 0; I < 300; ++I) {
    if (I % 3 == 0) {
      std::unique_lock<std::shared_mutex> Write(L);
      ++Shared;
    } else {
      std::shared_lock<std::shared_mutex> Read(L);
      Seen[Me] = Shared;
    }
  }
}

int main() {
  std::thread A(work, 0), B(work, 1);
  A.join();
  B.join();
  return Shared == 200 ? 0 : 1;
}
