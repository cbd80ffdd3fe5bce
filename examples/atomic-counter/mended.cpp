// atomic-counter, mended: one atomic operation per addition.
// Teaches: ++ on a plain integer is a read and a write, and loses updates.
// Static: none
// Run: none
#include <go/go.h>

#include <atomic>
#include <cstdio>

std::atomic<int> Counter;

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int I = 0; I < 1000; ++I)
      Wg.go([] { Counter.fetch_add(1); });
    Wg.wait();
    std::printf("%d\n", Counter.load());
  });
}
