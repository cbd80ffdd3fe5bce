// istio_8214, broken: A counter that is incremented atomically is copied
// plainly. (GoBench, CGO 2021: a bug of Istio.)
// Static: race-mixed-atomic
// Run: data-race
#include <cstdint>
#include <cstdio>
#include <thread>

struct Stats {
  uint64_t Writes = 0;
};

struct Cache {
  Stats Counts;

  void set() { __atomic_fetch_add(&Counts.Writes, 1, __ATOMIC_SEQ_CST); }
  Stats stats() { return Counts; } // defect
};

void check(Cache &C) {
  C.set();
  std::printf("%d writes\n", static_cast<int>(C.stats().Writes));
}

int main() {
  Cache Shared;
  std::thread One([&] { check(Shared); });
  std::thread Other([&] { check(Shared); });
  One.join();
  Other.join();
}
