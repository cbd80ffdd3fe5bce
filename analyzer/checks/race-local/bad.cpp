// Variables that a task and its starter use at once.
#include <go/go.h>

#include <future>
#include <thread>

int Total;

void local() {
  int N = 0;
  std::thread T([&] { N = 1; }); // bug: race-local
  int Copy = N;
  T.join();
}

void global() {
  std::thread T([] { ++Total; }); // bug: race-local
  ++Total;
  T.join();
}

void twoTasks(go::WaitGroup &Group) {
  int Sum = 0;
  Group.add(2);
  go::spawn([&] {
    ++Sum;
    Group.done();
  });
  go::spawn([&] {
    ++Sum; // bug: race-local
    Group.done();
  });
  Group.wait();
}

void many() {
  int Sum = 0;
  go::WaitGroup Group;
  for (int I = 0; I < 8; ++I)
    Group.go([&] {
      ++Sum; // bug: race-local
    });
  Group.wait();
}

struct Counter {
  int N = 0;
  int both() {
    auto F = std::async(std::launch::async, [this] { ++N; }); // bug: race-local
    int Copy = N;
    F.get();
    return Copy;
  }
};

go::Error fetch(int);
go::Error firstError() {
  go::Error Err;
  bool Failed = false;
  go::WaitGroup Group;
  for (int I = 0; I < 4; ++I)
    Group.go([&, I] {
      if (fetch(I))
        Failed = true; // bug: race-local
    });
  Group.wait();
  return Err;
}

// The task that the wait group has waited for does not wait for its own.
int Left;

void leftBehind() {
  go::WaitGroup Group;
  Group.go([] {
    auto Done = go::makeChan<int>(1);
    go::spawn([=] {
      Left += 1;
      Done.send(1);
    });
  });
  Group.wait();
  Group.go([] { Left = 4; }); // bug: race-local
  Group.wait();
}
