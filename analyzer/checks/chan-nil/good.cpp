// Channels that are made, later or elsewhere, and nil ones in a select.
#include <go/go.h>

#include <vector>

void made() {
  go::Chan<int> C(1);
  C.send(1);
}

void later(bool Wide) {
  go::Chan<int> C;
  if (Wide)
    C = go::makeChan<int>(8);
  else
    C = go::makeChan<int>(1);
  C.send(1);
}

void fill(go::Chan<int> &C);
void filled() {
  go::Chan<int> C;
  fill(C);
  C.recv();
}

static void set(go::Chan<int> &C) { C = go::makeChan<int>(1); }
void set() {
  go::Chan<int> C;
  set(C);
  C.send(1);
}

void inLambda() {
  go::Chan<int> C;
  auto Make = [&] { C = go::makeChan<int>(1); };
  Make();
  C.send(1);
}

// A nil channel switches a case off.
int merge(go::RecvChan<int> A, go::RecvChan<int> B) {
  int Sum = 0, V;
  bool Ok;
  go::RecvChan<int> Off;
  while (true)
    switch (go::select(go::recv(A, V, Ok), go::recv(B, V, Ok),
                       go::recv(Off))) {
    case 0:
    case 1:
      if (!Ok)
        return Sum;
      Sum += V;
    }
}

// Received into.
void received(go::RecvChan<go::Chan<int>> Requests) {
  go::Chan<int> Reply;
  go::select(go::recv(Requests, Reply), go::otherwise);
  Reply.send(1);
}

struct Worker {
  go::Chan<int> Tasks;
  void start() { Tasks = go::makeChan<int>(4); }
  void add(int N) { Tasks.send(N); }
};

// Asked before it is used.
void asked() {
  go::Chan<int> C;
  C.trySend(1);
}

void moved() {
  go::Chan<int> From = go::makeChan<int>(1), C;
  std::swap(From, C);
  C.send(1);
}
