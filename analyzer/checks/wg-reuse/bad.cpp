// A new round begins while somebody may still wait for the last one.
#include <go/go.h>

#include <memory>

void work();

// Two wait, and the first to return goes on.
void twoWaiters() {
  go::WaitGroup Round;
  Round.add(1);
  go::spawn([&] {
    work();
    Round.done();
  });
  go::spawn([&] { Round.wait(); });
  Round.wait();
  Round.add(1); // bug: wg-reuse
  go::spawn([&] { Round.done(); });
  Round.wait();
}

// A task counts itself again after it has let the waiter go.
void again() {
  go::WaitGroup Round;
  Round.add(1);
  go::spawn([&] {
    work();
    Round.done();
    Round.add(1); // bug: wg-reuse
    work();
    Round.done();
  });
  Round.wait();
}

// A helper starts the next round.
void startRound(go::WaitGroup &Round) {
  Round.add(1); // bug: wg-reuse
  go::spawn([&] {
    work();
    Round.done();
  });
}

void throughHelper() {
  auto Round = std::make_shared<go::WaitGroup>();
  startRound(*Round);
  go::spawn([=] { Round->wait(); });
  Round->wait();
  startRound(*Round);
  Round->wait();
}

// Two users of one object.
struct Batch {
  go::WaitGroup Group;
  void run() {
    Group.add(1); // bug: wg-reuse
    go::spawn([this] { Group.done(); });
    Group.wait();
  }
};

void twoUsers() {
  Batch B;
  auto Ended = go::makeChan<int>(1);
  go::spawn([&, Ended] {
    B.run();
    B.run();
    Ended.send(1);
  });
  B.run();
  Ended.recv();
}
