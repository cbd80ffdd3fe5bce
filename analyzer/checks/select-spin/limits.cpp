// Loops that ask again at once and are not found.
#include <go/go.h>

// The result is compared where it is made.
void untilReady(go::RecvChan<int> In) {
  while (go::select(go::recv(In), go::otherwise) != 0) // missed: select-spin
    ;
}

void ifForm(go::RecvChan<int> In) {
  while (true) {
    if (go::select(go::recv(In), go::otherwise) == 0) // missed: select-spin
      return;
  }
}
