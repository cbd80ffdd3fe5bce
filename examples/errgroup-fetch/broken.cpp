// errgroup-fetch, broken: failing parts share one error variable.
// Teaches: parallel parts hand in errors over a channel or under a lock.
// Static: race-local
// Run: data-race
#include <go/go.h>

#include <cstdio>

const char *fetch(int Page) { return Page % 2 ? "not found" : nullptr; }

int main() {
  return go::main([] {
    const char *Failure = nullptr;
    go::WaitGroup Wg;
    for (int Page = 1; Page <= 4; ++Page)
      Wg.go([&, Page] {
        if (const char *Error = fetch(Page))
          Failure = Error; // two of them fail
      });
    Wg.wait();
    std::printf("%s\n", Failure);
  });
}
