// What the check does not see.
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

// A pool that this file does not show: whether it runs the task elsewhere is
// not known.
struct Pool {
  void submit(std::function<void()> Task);
};

void unknownPool(Pool &P) {
  std::map<int, int> Counts;
  P.submit([&] { Counts[1]++; }); // missed: map-unguarded
  P.submit([&] { Counts[2]++; });
}

// Element indices are not compared: these two may be the same.
void indices(std::vector<std::vector<int>> &Rows, size_t I, size_t J) {
  std::thread A([&] { Rows[I].push_back(1); }); // missed: map-unguarded
  std::thread B([&] { Rows[J].push_back(2); });
  A.join();
  B.join();
}

// A semaphore with two permits is taken for a lock.
#if __has_include(<semaphore>)
#include <semaphore>
void twoPermits() {
  std::map<int, int> Counts;
  std::counting_semaphore<> Two(2);
  auto Use = [&] {
    Two.acquire();
    Counts[1]++; // missed: map-unguarded
    Two.release();
  };
  std::thread A(Use), B(Use);
  A.join();
  B.join();
}
#endif
