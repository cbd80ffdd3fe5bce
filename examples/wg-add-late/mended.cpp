// wg-add-late, mended: the spawner counts, then spawns.
// Teaches: call add before the goroutine starts, never inside it.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

go::WaitGroup Wg;

int main() {
  return go::main([] {
    auto Sizes = go::makeChan<int>(3);
    for (int Page = 1; Page <= 3; ++Page) {
      Wg.add(1);
      go::spawn([=] {
        Sizes.send(Page * 100);
        Wg.done();
      });
    }
    Wg.wait();
    int Total = 0;
    for (int I = 0; I < 3; ++I)
      Total += Sizes.recv();
    std::printf("%d bytes\n", Total);
  });
}
