// self-send, mended: the buffer has room for the value.
// Teaches: an unbuffered send needs a receiver that runs already.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

go::Chan<int> answer() {
  auto C = go::makeChan<int>(1);
  C.send(42); // stays in the buffer
  return C;
}

int main() {
  return go::main([] { std::printf("%d\n", answer().recv()); });
}
