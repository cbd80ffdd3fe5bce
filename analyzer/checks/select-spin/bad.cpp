// Loops that ask again at once.
#include <go/go.h>

void poll(go::RecvChan<int> In, go::RecvChan<int> Stop) {
  int V = 0;
  for (;;) {
    switch (go::select(go::recv(In, V), go::recv(Stop),
                       go::otherwise)) { // bug: select-spin
    case 0:
      V = 0;
      break;
    case 1:
      return;
    default:
      break;
    }
  }
}

void asVariable(go::RecvChan<int> In) {
  while (true) {
    int Case = go::select(go::recv(In), go::otherwise); // bug: select-spin
    if (Case == 0)
      return;
  }
}

// The result is compared where it is made.
void untilReady(go::RecvChan<int> In) {
  while (go::select(go::recv(In), go::otherwise) != 0) // bug: select-spin
    ;
}

void ifForm(go::RecvChan<int> In) {
  while (true) {
    if (go::select(go::recv(In), go::otherwise) == 0) // bug: select-spin
      return;
  }
}
