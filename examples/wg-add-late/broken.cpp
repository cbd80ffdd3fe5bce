// wg-add-late, broken: each goroutine counts itself, so wait can pass early.
// Teaches: call add before the goroutine starts, never inside it.
// Static: wg-add-in-goroutine
// Run: misuse
#include <go/go.h>

#include <cstdio>

go::WaitGroup Wg;

int main() {
  return go::main([] {
    auto Sizes = go::makeChan<int>(3);
    for (int Page = 1; Page <= 3; ++Page)
      go::spawn([=] {
        Wg.add(1); // wait may have seen 0 already
        Sizes.send(Page * 100);
        Wg.done();
      });
    Wg.wait();
    int Total = 0;
    for (int I = 0; I < 3; ++I)
      Total += Sizes.recv();
    std::printf("%d bytes\n", Total);
  });
}
