// Closed when all has been sent.
#include <go/go.h>

#include <mutex>

void sender() {
  auto Values = go::makeChan<int>();
  go::spawn([=] {
    for (int I = 0; I < 3; ++I)
      Values.send(I);
    Values.close();
  });
  for (int N : Values)
    (void)N;
}

void waitsForSenders() {
  auto Values = go::makeChan<int>(3);
  go::WaitGroup Wg;
  for (int I = 0; I < 3; ++I)
    Wg.go([=] { Values.send(I); });
  Wg.wait();
  Values.close();
}

void closer() {
  auto Values = go::makeChan<int>();
  auto Wg = std::make_shared<go::WaitGroup>();
  for (int I = 0; I < 3; ++I)
    Wg->go([=] { Values.send(I); });
  go::spawn([=] {
    Wg->wait();
    Values.close();
  });
  for (int N : Values)
    (void)N;
}

// It got the only value.
void receives() {
  auto Value = go::makeChan<int>();
  go::spawn([=] { Value.send(1); });
  Value.recv();
  Value.close();
}

// A flag under a lock.
struct Queue {
  std::mutex M;
  bool Closed = false;
  go::Chan<int> Values{16};
  void put(int N) {
    std::lock_guard Guard(M);
    if (!Closed)
      Values.send(N);
  }
  void close() {
    std::lock_guard Guard(M);
    if (Closed)
      return;
    Closed = true;
    Values.close();
  }
};

void flag() {
  Queue Q;
  go::WaitGroup Wg;
  Wg.go([&] { Q.put(1); });
  Q.close();
  Wg.wait();
}

// Once.
void once() {
  auto Done = go::makeChan<int>();
  auto Closing = std::make_shared<go::Once>();
  for (int I = 0; I < 2; ++I)
    go::spawn([=] { Closing->call([=] { Done.close(); }); });
  Done.recv();
}

// One or the other.
void either(bool First) {
  auto Done = go::makeChan<int>();
  if (First)
    Done.close();
  else
    Done.close();
}

// A new channel.
void again() {
  for (int I = 0; I < 3; ++I) {
    auto Values = go::makeChan<int>(1);
    Values.send(I);
    Values.close();
  }
}

// Others may know what they do.
void parameter(go::Chan<int> Values) {
  go::spawn([=] { Values.send(1); });
  Values.close();
}
