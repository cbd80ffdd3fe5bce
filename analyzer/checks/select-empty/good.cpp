// Selects that something can wake.
#include <go/go.h>

#include <chrono>

void channels(go::RecvChan<int> A, go::SendChan<int> B) {
  go::select(go::recv(A), go::send(B, 1));
}

void timer() {
  go::RecvChan<int> Off;
  go::select(go::recv(Off), go::after(std::chrono::seconds(1)));
}

void otherwise() {
  go::RecvChan<int> Off;
  go::select(go::recv(Off), go::otherwise);
}

void oneOn(go::Context Ctx) {
  go::RecvChan<int> Off;
  go::select(go::recv(Off), go::recv(Ctx.done()));
}

void later(go::RecvChan<int> In, bool On) {
  go::RecvChan<int> A;
  if (On)
    A = In;
  go::select(go::recv(A), go::recv(In));
}
