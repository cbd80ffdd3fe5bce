// Selects with a choice.
#include <go/go.h>

#include <chrono>

void two(go::RecvChan<int> In, go::Context Ctx) {
  int V = 0;
  go::select(go::recv(In, V), go::recv(Ctx.done()));
}

bool poll(go::RecvChan<int> In) {
  return go::select(go::recv(In), go::otherwise) == 0;
}

void nap() { go::select(go::after(std::chrono::seconds(1))); }

void timed(go::SendChan<int> Out) {
  go::select(go::send(Out, 1), go::after(std::chrono::seconds(1)));
}

void plain(go::RecvChan<int> In) { In.recv(); }
