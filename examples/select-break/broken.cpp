// select-break, broken: the loop never ends; a closed channel is always ready.
// Teaches: `break` leaves the switch over a select, not the loop around it.
// Static: select-break
// Run: timeout
#include <go/go.h>

#include <cstdio>
#include <utility>

int main() {
  return go::main([] {
    auto Numbers = go::makeChan<int>();
    auto Done = go::makeChan<bool>();
    go::spawn([=] {
      for (int I = 1; I <= 3; ++I)
        Numbers.send(I);
      Done.close();
    });
    int N, Sum = 0;
    for (;;) {
      switch (go::select(go::recv(Numbers, N), go::recv(Done))) {
      case 0:
        Sum += N;
        break;
      case 1:
        std::printf("sum %d\n", std::exchange(Sum, 0));
        break; // meant to leave the loop
      }
    }
  });
}
