// istio_8214, broken: A counter that is incremented atomically is copied
// plainly. (GoBench, CGO 2021: a bug of Istio.)
// Static: race-mixed-atomic
// Run: data-race
#include <go/go.h>

#include <cstdint>
#include <cstdio>

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
  return go::main([] {
    Cache Shared;
    go::WaitGroup Wg;
    for (int I = 0; I < 2; ++I)
      Wg.go([&] { check(Shared); });
    Wg.wait();
  });
}
