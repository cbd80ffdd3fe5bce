// Rounds that follow each other.
#include <go/go.h>

#include <latch>
#include <memory>
#include <thread>

void work();

// One strand waits and begins anew.
void rounds() {
  go::WaitGroup Round;
  for (int I = 0; I < 3; ++I) {
    Round.add(2);
    go::spawn([&] { Round.done(); });
    go::spawn([&] { Round.done(); });
    Round.wait();
  }
}

// The other waiter has returned.
void bothWait() {
  go::WaitGroup Round;
  auto Seen = go::makeChan<int>();
  Round.add(1);
  go::spawn([&] { Round.done(); });
  go::spawn([&, Seen] {
    Round.wait();
    Seen.send(1);
  });
  Round.wait();
  Seen.recv();
  Round.add(1);
  go::spawn([&] { Round.done(); });
  Round.wait();
}

// A task adds for its child while it is counted itself.
void children() {
  go::WaitGroup All;
  All.add(1);
  go::spawn([&] {
    All.add(1);
    go::spawn([&] {
      work();
      All.done();
    });
    All.done();
  });
  All.wait();
}

// A new group for each round.
void fresh() {
  for (int I = 0; I < 3; ++I) {
    auto Round = std::make_shared<go::WaitGroup>();
    Round->add(1);
    go::spawn([=] { Round->done(); });
    go::spawn([=] { Round->wait(); });
    Round->wait();
  }
}

// An outer add covers what comes later.
void covered() {
  auto All = std::make_shared<go::WaitGroup>();
  All->add(1);
  go::spawn([=] { All->wait(); });
  All->add(1);
  go::spawn([=] { All->done(); });
  All->done();
  All->wait();
}

// Two groups, one for each phase.
void phases() {
  auto First = std::make_shared<go::WaitGroup>();
  auto Second = std::make_shared<go::WaitGroup>();
  First->add(1);
  Second->add(1);
  go::spawn([=] {
    First->done();
    work();
    Second->done();
  });
  go::spawn([=] { First->wait(); });
  First->wait();
  Second->wait();
}

// Several wait for one round, and there is no other.
void manyWaiters() {
  auto Ready = std::make_shared<go::WaitGroup>();
  Ready->add(1);
  for (int I = 0; I < 3; ++I)
    go::spawn([=] { Ready->wait(); });
  work();
  Ready->done();
  Ready->wait();
}

// A latch is used once.
void latch() {
  std::latch Ready(2);
  std::thread A([&] { Ready.arrive_and_wait(); });
  Ready.arrive_and_wait();
  A.join();
}

// The waiter is joined before the next round.
void joined() {
  go::WaitGroup Round;
  Round.add(1);
  std::thread Waiter([&] { Round.wait(); });
  Round.done();
  Waiter.join();
  Round.add(1);
  Round.done();
  Round.wait();
}
