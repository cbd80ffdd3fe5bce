// pipeline, broken: main leaves after three squares; two stages block for ever.
// Teaches: when the last stage leaves, every stage before it must hear of it.
// Static: chan-leak-on-return
// Run: leak
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

go::RecvChan<int> generate(int Count) {
  auto Out = go::makeChan<int>();
  go::spawn("generate", [=] {
    for (int I = 1; I <= Count; ++I)
      Out.send(I);
    Out.close();
  });
  return Out;
}

go::RecvChan<int> square(go::RecvChan<int> In) {
  auto Out = go::makeChan<int>();
  go::spawn("square", [=] {
    for (int V : In)
      Out.send(V * V);
    Out.close();
  });
  return Out;
}

int main() {
  return go::main([] {
    for (int V : square(generate(100))) {
      std::printf("%d\n", V);
      if (V >= 9)
        break; // nobody receives any more
    }
    go::sleep(10ms); // goes on with its work
  });
}
