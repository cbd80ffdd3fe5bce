// mutex-by-value, broken: each goroutine locks a mutex of its own.
// Teaches: a lock guards only if everybody takes the same one.
// Static: wg-copy
// Run: data-race on 'Total'
#include <go/go.h>

#include <cstdio>
#include <mutex>

int Total;

void add(int Amount) {
  go::Mutex Guard; // a new one for every call
  std::lock_guard Lock(Guard);
  Total += Amount;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int I = 1; I <= 4; ++I)
      Wg.go([I] { add(I); });
    Wg.wait();
    std::printf("%d\n", Total);
  });
}
