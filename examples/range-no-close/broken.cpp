// range-no-close, broken: the producer never closes what main ranges over.
// Teaches: a range over a channel ends only when somebody closes it.
// Static: chan-leak-no-peer
// Run: deadlock
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    auto Numbers = go::makeChan<int>();
    go::spawn([=] {
      for (int I = 1; I <= 3; ++I)
        Numbers.send(I);
    });
    int Sum = 0;
    for (int N : Numbers)
      Sum += N;
    std::printf("sum %d\n", Sum);
  });
}
