// More counted than done, and more done than counted.
#include <go/go.h>

#include <latch>
#include <thread>
#include <vector>

void work();

void tooMany() {
  go::WaitGroup Group;
  Group.add(4); // bug: wg-unbalanced
  for (int I = 0; I < 3; ++I)
    go::spawn([&] {
      work();
      Group.done();
    });
  Group.wait();
}

void forgotten() {
  go::WaitGroup Group;
  Group.add(1); // bug: wg-unbalanced
  go::spawn([&] { work(); });
  Group.wait();
}

void twice() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    Group.done();
    Group.done(); // bug: wg-unbalanced
  });
  Group.wait();
}

void oneMoreForEach(const std::vector<int> &Ids) {
  go::WaitGroup Group;
  Group.add(1); // bug: wg-unbalanced
  for (int Id : Ids) {
    Group.add(1);
    go::spawn([&, Id] {
      work();
      Group.done();
    });
  }
  Group.wait();
}

// A latch for three, with two threads.
void latch() {
  std::latch Ready(3); // bug: wg-unbalanced
  std::thread A([&] { Ready.count_down(); });
  std::thread B([&] { Ready.count_down(); });
  Ready.wait();
  A.join();
  B.join();
}

// Counted down by more than was put there.
void latchTooFar() {
  std::latch Ready(1);
  std::thread A([&] { Ready.count_down(2); }); // bug: wg-unbalanced
  Ready.wait();
  A.join();
}

// By the group's own spawn, and by hand as well.
void countedTwice() {
  go::WaitGroup Group;
  Group.go([&] {
    work();
    Group.done(); // bug: wg-unbalanced
  });
  Group.wait();
}
