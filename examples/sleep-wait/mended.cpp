// sleep-wait, mended: the result comes over a channel.
// Teaches: sleeping is not waiting; it orders nothing.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    auto Answer = go::makeChan<int>();
    go::spawn([=] { Answer.send(42); });
    std::printf("%d\n", Answer.recv());
  });
}
