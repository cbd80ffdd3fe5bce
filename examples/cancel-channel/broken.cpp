// cancel-channel, broken: the consumer leaves, the cancel channel stays open.
// Teaches: who stops reading a generator must tell it so, on every way out.
// Static: chan-leak-on-return
// Run: leak
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

go::RecvChan<int> numbers(go::RecvChan<bool> Cancel) {
  auto Out = go::makeChan<int>();
  go::spawn([=] {
    for (int I = 1;; ++I)
      if (go::select(go::send(Out, I), go::recv(Cancel)) == 1)
        return;
  });
  return Out;
}

int firstOver(int Limit) {
  auto Cancel = go::makeChan<bool>();
  for (int N : numbers(Cancel))
    if (N > Limit)
      return N; // the generator waits for the next receive
  return 0;
}

int main() {
  return go::main([] {
    std::printf("%d\n", firstOver(4));
    go::sleep(10ms); // goes on with its work
  });
}
