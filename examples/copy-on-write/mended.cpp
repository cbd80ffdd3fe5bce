// copy-on-write, mended: readers take a snapshot of an atomic value.
// Teaches: replace a shared value as a whole, through one atomic handle.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

struct Config {
  int Limit;
};
go::AtomicValue<Config> Current(Config{10});

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go([] { Current.store(Config{20}); });
    Wg.go([] { std::printf("limited: %d\n", Current.load()->Limit > 0); });
    Wg.wait();
  });
}
