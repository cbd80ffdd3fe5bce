// istio_8214, mended: The counter is loaded atomically too. (GoBench, CGO 2021:
// a bug of Istio.)
#include <go/go.h>

#include <cstdint>
#include <cstdio>

struct Stats {
  uint64_t Writes = 0;
};

struct Cache {
  Stats Counts;

  void set() { __atomic_fetch_add(&Counts.Writes, 1, __ATOMIC_SEQ_CST); }
  Stats stats() { return {__atomic_load_n(&Counts.Writes, __ATOMIC_SEQ_CST)}; }
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
