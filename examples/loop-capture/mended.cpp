// loop-capture, mended: each worker has a copy of its own.
// Teaches: a reference to a loop variable sees what the loop does to it next.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int Id = 1; Id <= 3; ++Id)
      Wg.go([Id] { std::printf("worker %d\n", Id); });
    Wg.wait();
  });
}
