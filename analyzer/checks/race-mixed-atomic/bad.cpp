// Atomics that are changed in two steps, or accessed plainly as well.
#include <atomic>
#include <thread>

std::atomic<int> Hits;

struct Stats {
  std::atomic<long> Bytes{0};
  void add(long N) {
    Bytes = Bytes + N; // bug: race-mixed-atomic
  }
};

void hit() {
  Hits = Hits + 1; // bug: race-mixed-atomic
}

void turn(std::atomic<bool> &On) {
  On = !On; // bug: race-mixed-atomic
}

void mixed() {
  int Count = 0;
  std::thread T([&] { __atomic_fetch_add(&Count, 1, __ATOMIC_SEQ_CST); });
  ++Count; // bug: race-mixed-atomic
  T.join();
}
