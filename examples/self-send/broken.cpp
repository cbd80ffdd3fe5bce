// self-send, broken: a function sends on the channel that it then returns.
// Teaches: an unbuffered send needs a receiver that runs already.
// Static: chan-leak-no-peer
// Run: deadlock
#include <go/go.h>

#include <cstdio>

go::Chan<int> answer() {
  auto C = go::makeChan<int>();
  C.send(42); // nobody has C yet
  return C;
}

int main() {
  return go::main([] { std::printf("%d\n", answer().recv()); });
}
