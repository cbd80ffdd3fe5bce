// Nobody is there to answer.
#include <go/go.h>

#include <memory>
#include <vector>

// Nothing is ever sent or closed.
void neverSent() {
  auto Done = go::makeChan<int>();
  go::spawn([=] { (void)0; });
  Done.recv(); // bug: chan-leak-no-peer
}

// The loop needs a close or a value.
void neverClosed(int &Sum) {
  auto Values = go::makeChan<int>();
  go::spawn([=, &Sum] {
    for (int N : Values) // bug: chan-leak-no-peer
      Sum += N;
  });
}

// The receiver is started too late.
void tooLate() {
  auto Values = go::makeChan<int>(1);
  Values.send(1);
  Values.send(2); // bug: chan-leak-no-peer
  go::spawn([=] {
    for (;;)
      Values.recv();
  });
}

// It waits for what it would do itself.
void itself() {
  auto Stop = go::makeChan<int>();
  Stop.recv(); // bug: chan-leak-no-peer
  Stop.close();
}

// A member, through a pointer of its base.
struct Sink {
  virtual ~Sink() = default;
  virtual void push(int N) = 0;
};
struct Buffer : Sink {
  go::Chan<int> Values{1};
  void push(int N) override { Values.send(N); } // bug: chan-leak-no-peer
};

void pushAll() {
  auto One = std::make_shared<Buffer>();
  std::vector<std::shared_ptr<Sink>> All;
  One->push(1);
  All.push_back(One);
  for (auto &S : All)
    S->push(2);
}

// The sender ends, and does not close.
int neverEnds() {
  auto Numbers = go::makeChan<int>();
  go::spawn([=] {
    for (int I = 0; I < 3; ++I)
      Numbers.send(I);
  });
  int Sum = 0;
  for (int N : Numbers) // bug: chan-leak-no-peer
    Sum += N;
  return Sum;
}

// Neither does any of several.
void collect(go::Chan<int> From, int &Sum) {
  for (int N : From) // bug: chan-leak-no-peer
    Sum += N;
}

void severalSenders(int &Sum) {
  auto Numbers = go::makeChan<int>(4);
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([=] { Numbers.send(I); });
  go::spawn([=, &Sum] { collect(Numbers, Sum); });
  Wg.wait();
}
