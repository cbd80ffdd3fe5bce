// copy-on-write, broken: readers follow a plain pointer that a writer swaps.
// Teaches: replace a shared value as a whole, through one atomic handle.
// Static: race-local
// Run: data-race on 'Current'
#include <go/go.h>

#include <cstdio>

struct Config {
  int Limit;
};
const Config *Current = new Config{10};

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go([] { Current = new Config{20}; });
    Wg.go([] { std::printf("limited: %d\n", Current->Limit > 0); });
    Wg.wait();
  });
}
