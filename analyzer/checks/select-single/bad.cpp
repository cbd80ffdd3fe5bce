// Selects with one case.
#include <go/go.h>

void receive(go::RecvChan<int> In) {
  int V = 0;
  go::select(go::recv(In, V)); // bug: select-single
}

void send(go::SendChan<int> Out) {
  go::select(go::send(Out, 1)); // bug: select-single
}
