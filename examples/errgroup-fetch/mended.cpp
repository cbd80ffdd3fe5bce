// errgroup-fetch, mended: each part sends its error; main takes the first.
// Teaches: parallel parts hand in errors over a channel or under a lock.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

const char *fetch(int Page) { return Page % 2 ? "not found" : nullptr; }

int main() {
  return go::main([] {
    auto Failures = go::makeChan<const char *>(4);
    go::WaitGroup Wg;
    for (int Page = 1; Page <= 4; ++Page)
      Wg.go([=] {
        if (const char *Error = fetch(Page))
          Failures.send(Error);
      });
    Wg.wait();
    std::printf("%s\n", Failures.recv());
  });
}
