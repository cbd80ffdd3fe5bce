// The counter is up before the task that it counts is started.
#include <go/go.h>

#include <mutex>
#include <string>
#include <thread>
#include <vector>

void work(int N);

void fetchAll(const std::vector<std::string> &Urls) {
  go::WaitGroup Group;
  for (const std::string &Url : Urls) {
    Group.add(1);
    go::spawn([&, Url] {
      work(int(Url.size()));
      Group.done();
    });
  }
  Group.wait();
}

// go() adds before it starts, and takes back at the end.
void withGo(const std::vector<std::string> &Urls) {
  go::WaitGroup Group;
  for (const std::string &Url : Urls)
    Group.go([Url] { work(int(Url.size())); });
  Group.wait();
}

// All at once.
void inOneAdd(int N) {
  go::WaitGroup Group;
  Group.add(N);
  for (int I = 0; I < N; ++I)
    go::spawn([&Group, I] {
      work(I);
      Group.done();
    });
  Group.wait();
}

// The task counts its children while it is counted itself: the counter cannot
// reach 0 before it has ended.
void outerCoversInner() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    for (int I = 0; I < 3; ++I) {
      Group.add(1);
      go::spawn([&Group, I] {
        work(I);
        Group.done();
      });
    }
    Group.done();
  });
  Group.wait();
}

void outerGoCoversInner() {
  go::WaitGroup Group;
  Group.go([&] {
    Group.add(1);
    go::spawn([&Group] {
      work(1);
      Group.done();
    });
  });
  Group.wait();
}

// By pointer, added before.
void byPointer() {
  go::WaitGroup Group;
  go::WaitGroup *Shared = &Group;
  Shared->add(1);
  go::spawn([Shared] {
    work(2);
    Shared->done();
  });
  Shared->wait();
}

// A group of the task's own.
void inner() {
  go::spawn([] {
    go::WaitGroup Group;
    Group.add(1);
    go::spawn([&Group] {
      work(3);
      Group.done();
    });
    Group.wait();
  });
}

// The wait starts only after the thread that adds has ended.
void joinedFirst() {
  go::WaitGroup Group;
  std::thread Starter([&] {
    Group.add(1);
    go::spawn([&Group] {
      work(4);
      Group.done();
    });
  });
  Starter.join();
  Group.wait();
}

// A channel says that the add has happened.
void toldByChannel() {
  go::WaitGroup Group;
  auto Added = go::makeChan<int>();
  go::spawn([&Group, Added] {
    Group.add(1);
    Added.send(1);
    work(5);
    Group.done();
  });
  Added.recv();
  Group.wait();
}

// Who closes the queue sets a flag under the lock in which the add tests it.
class Queue {
public:
  void push() {
    std::lock_guard Guard(M);
    if (Closed)
      return;
    Jobs.add(1);
    go::spawn([this] {
      work(6);
      Jobs.done();
    });
  }
  void close() {
    {
      std::lock_guard Guard(M);
      Closed = true;
    }
    Jobs.wait();
  }

private:
  std::mutex M;
  bool Closed = false;
  go::WaitGroup Jobs;
};

void lateJobsAreDropped() {
  Queue Q;
  std::thread Pusher([&] { Q.push(); });
  Q.close();
  Pusher.join();
}
