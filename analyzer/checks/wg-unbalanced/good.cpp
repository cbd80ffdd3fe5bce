// Counted before the task starts, or in it.
#include <go/go.h>

void work();

void before() {
  go::WaitGroup Group;
  Group.add(3);
  for (int I = 0; I < 3; ++I)
    go::spawn([&] {
      work();
      Group.done();
    });
  Group.wait();
}

void eachRound() {
  go::WaitGroup Group;
  for (int I = 0; I < 3; ++I) {
    Group.add(1);
    go::spawn([&] {
      work();
      Group.done();
    });
  }
  Group.wait();
}

// An outer add covers what comes later.
void covered() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    work();
    Group.done();
  });
  Group.add(1);
  go::spawn([&] {
    work();
    Group.done();
  });
  Group.wait();
}

// The task waits until it is counted.
void told() {
  go::WaitGroup Group;
  auto Counted = go::makeChan<int>();
  go::spawn([&, Counted] {
    Counted.recv();
    work();
    Group.done();
  });
  Group.add(1);
  Counted.close();
  Group.wait();
}

// Others may have counted.
void given(go::WaitGroup &Group) {
  go::spawn([&] { Group.done(); });
  Group.add(1);
  go::spawn([&] { Group.done(); });
}

// Two groups.
void two() {
  go::WaitGroup A, B;
  A.add(1);
  go::spawn([&] { A.done(); });
  B.add(1);
  go::spawn([&] { B.done(); });
  A.wait();
  B.wait();
}

void counted() {
  go::WaitGroup Group;
  Group.go([] { work(); });
  Group.wait();
}
