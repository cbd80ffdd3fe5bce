// Somebody answers, or may.
#include <go/go.h>

#include <memory>
#include <vector>

void answered() {
  auto Done = go::makeChan<int>();
  go::spawn([=] { Done.close(); });
  Done.recv();
}

// There is room for all.
void room() {
  auto Values = go::makeChan<int>(2);
  Values.send(1);
  Values.send(2);
}

// The receiver runs beside it.
void beside() {
  auto Values = go::makeChan<int>();
  go::spawn([=] { Values.recv(); });
  Values.send(1);
}

// What others may do is not known.
void use(const go::Chan<int> &C);
void given() {
  auto Values = go::makeChan<int>();
  use(Values);
  Values.recv();
}
void parameter(go::Chan<int> Values) { Values.recv(); }

go::Chan<int> returned() {
  auto Values = go::makeChan<int>();
  go::spawn([=] { Values.send(1); });
  return Values;
}

struct Service {
  go::Chan<int> Requests{0};
  go::Chan<int> Stop{0};
  void run() {
    while (go::select(go::recv(Requests), go::recv(Stop)) == 0)
      ;
  }
};

void member() {
  Service S;
  go::WaitGroup Wg;
  Wg.go([&] { S.run(); });
  S.Requests.send(1);
  S.Stop.close();
  Wg.wait();
}

// It does not wait.
void tries() {
  auto Values = go::makeChan<int>();
  Values.tryRecv();
  Values.trySend(1);
  go::select(go::recv(Values), go::otherwise);
}

// Sent over a channel: the receiver has it.
void sent() {
  auto Requests = go::makeChan<go::Chan<int>>();
  go::spawn([=] { Requests.recv().send(1); });
  auto Reply = go::makeChan<int>();
  Requests.send(Reply);
  Reply.recv();
}

// A timer of the library sends.
void timer() {
  go::Timer T(go::Duration(1));
  T.C.recv();
}

// Closed before it is received from.
void closed() {
  auto Values = go::makeChan<int>();
  Values.close();
  Values.recv();
}

// The other round of the loop has filled it.
void rounds() {
  auto Token = go::makeChan<int>(1);
  for (int I = 0; I < 3; ++I) {
    Token.send(I);
    Token.recv();
  }
}

// A loop that ends before the last value, or by a close elsewhere.
int leaves() {
  auto Numbers = go::makeChan<int>(2);
  go::spawn([=] {
    Numbers.send(1);
    Numbers.send(2);
  });
  int Sum = 0;
  for (int N : Numbers) {
    Sum += N;
    if (N == 2)
      break;
  }
  return Sum;
}

int closedByAnother() {
  auto Numbers = go::makeChan<int>();
  go::WaitGroup Wg;
  for (int I = 0; I < 3; ++I)
    Wg.go([=] { Numbers.send(I); });
  go::spawn([&, Numbers] {
    Wg.wait();
    Numbers.close();
  });
  int Sum = 0;
  for (int N : Numbers)
    Sum += N;
  return Sum;
}

// It serves as long as there are requests.
bool next(int &Request);
void serves() {
  auto Requests = go::makeChan<int>();
  go::spawn([=] {
    for (int N : Requests)
      (void)N;
  });
  for (int Request; next(Request);)
    Requests.send(Request);
}
