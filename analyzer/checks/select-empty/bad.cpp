// Selects that nothing can wake.
#include <go/go.h>

void noCases() {
  go::select(); // bug: select-empty
}

void allNil() {
  go::Chan<int> A;
  go::RecvChan<int> B;
  go::select(go::recv(A), go::recv(B)); // bug: select-empty
}

void inTask() {
  go::spawn([] {
    go::select(); // bug: select-empty
  });
}
