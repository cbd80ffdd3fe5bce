// pipeline, mended: every send gives up when the context is cancelled.
// Teaches: when the last stage leaves, every stage before it must hear of it.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

go::RecvChan<int> generate(go::Context Ctx, int Count) {
  auto Out = go::makeChan<int>();
  go::spawn("generate", [=] {
    go::Defer Close([&] { Out.close(); });
    for (int I = 1; I <= Count; ++I)
      if (go::select(go::send(Out, I), go::recv(Ctx.done())) == 1)
        return;
  });
  return Out;
}

go::RecvChan<int> square(go::Context Ctx, go::RecvChan<int> In) {
  auto Out = go::makeChan<int>();
  go::spawn("square", [=] {
    go::Defer Close([&] { Out.close(); });
    for (int V : In)
      if (go::select(go::send(Out, V * V), go::recv(Ctx.done())) == 1)
        return;
  });
  return Out;
}

void printSquares() {
  auto Ctx = go::withCancel(go::background()); // cancelled on the way out
  for (int V : square(Ctx, generate(Ctx, 100))) {
    std::printf("%d\n", V);
    if (V >= 9)
      break;
  }
}

int main() {
  return go::main([] {
    printSquares();
    go::sleep(10ms); // goes on with its work
  });
}
