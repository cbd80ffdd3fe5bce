// mutex-by-value, mended: all lock the same one, by reference.
// Teaches: a lock guards only if everybody takes the same one.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <mutex>

int Total;

void add(go::Mutex &Guard, int Amount) {
  std::lock_guard Lock(Guard);
  Total += Amount;
}

int main() {
  return go::main([] {
    go::Mutex Guard;
    go::WaitGroup Wg;
    for (int I = 1; I <= 4; ++I)
      Wg.go([&, I] { add(Guard, I); });
    Wg.wait();
    std::printf("%d\n", Total);
  });
}
