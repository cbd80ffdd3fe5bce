// Channels that were never made.
#include <go/go.h>

void send() {
  go::Chan<int> C;
  C.send(1); // bug: chan-nil
}

void receive() {
  go::RecvChan<int> C;
  C.recv(); // bug: chan-nil
}

void closed() {
  go::Chan<int> C{nullptr};
  C.close(); // bug: chan-nil
}

void inTask() {
  go::Chan<int> C;
  go::spawn([C] {
    C.send(1); // bug: chan-nil
  });
  C.recv(); // bug: chan-nil
}

static int next(const go::Chan<int> &C) {
  return C.recv(); // bug: chan-nil
}

int throughCall() {
  go::Chan<int> C;
  return next(C);
}
