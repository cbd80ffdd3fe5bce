// atomic-counter, broken: a thousand goroutines add 1 to a plain counter.
// Teaches: ++ on a plain integer is a read and a write, and loses updates.
// Static: race-local
// Run: data-race on 'Counter'
#include <go/go.h>

#include <cstdio>

int Counter;

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int I = 0; I < 1000; ++I)
      Wg.go([] { Counter++; });
    Wg.wait();
    std::printf("%d\n", Counter);
  });
}
