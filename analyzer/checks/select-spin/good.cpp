// Loops that wait, pause or work.
#include <go/go.h>

#include <chrono>

void work(int);

void waits(go::RecvChan<int> In, go::RecvChan<int> Stop) {
  int V = 0;
  for (;;) {
    switch (go::select(go::recv(In, V), go::recv(Stop))) {
    case 0:
      work(V);
      break;
    default:
      return;
    }
  }
}

void sleeps(go::RecvChan<int> In) {
  while (go::select(go::recv(In), go::otherwise) != 0)
    go::sleep(std::chrono::milliseconds(1));
}

void yields(go::RecvChan<int> In) {
  while (go::select(go::recv(In), go::otherwise) != 0)
    go::yield();
}

// Looks for a stop between pieces of work.
void pieces(go::RecvChan<int> Stop) {
  for (int N = 0;; ++N) {
    if (go::select(go::recv(Stop), go::otherwise) == 0)
      return;
    work(N);
  }
}

int computes(go::RecvChan<int> Stop) {
  int Sum = 1;
  for (;;) {
    if (go::select(go::recv(Stop), go::otherwise) == 0)
      return Sum;
    Sum = Sum * 3 + 1;
  }
}

void once(go::RecvChan<int> In) {
  go::select(go::recv(In), go::otherwise);
}

// Takes what is there, then goes on.
void drain(go::RecvChan<int> In) {
  int V = 0;
  while (go::select(go::recv(In, V), go::otherwise) == 0)
    work(V);
}

void bounded(go::RecvChan<int> In) {
  for (int I = 0; I < 3; ++I)
    if (go::select(go::recv(In), go::otherwise) == 0)
      return;
}
