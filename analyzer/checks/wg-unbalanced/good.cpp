// Counted before the task starts, or in it.
#include <go/go.h>

#include <functional>
#include <latch>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

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

// Deferred: it runs on every way out.
bool check();
void deferred() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    go::Defer AtExit([&] { Group.done(); });
    if (!check())
      return;
    work();
  });
  Group.wait();
}

// Each way has its own.
void onEachWay() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    if (!check()) {
      Group.done();
      return;
    }
    work();
    Group.done();
  });
  Group.wait();
}

// Caught, and counted down there.
void caught() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    try {
      if (!check())
        throw 1;
    } catch (int) {
      work();
    }
    Group.done();
  });
  Group.wait();
}

// What is not started is taken back.
void takenBack() {
  go::WaitGroup Group;
  for (int I = 0; I < 3; ++I) {
    Group.add(1);
    if (!check()) {
      Group.done();
      continue;
    }
    go::spawn([&] { Group.done(); });
  }
  Group.wait();
}

// The same condition counts and starts.
void ifWanted(bool Wanted) {
  go::WaitGroup Group;
  if (Wanted)
    Group.add(1);
  work();
  if (Wanted)
    go::spawn([&] { Group.done(); });
  Group.wait();
}

// As many as there are tasks.
void forEach(const std::vector<int> &Ids) {
  go::WaitGroup Group;
  Group.add(int(Ids.size()));
  for (int Id : Ids)
    go::spawn([&, Id] {
      if (Id)
        work();
      Group.done();
    });
  Group.wait();
}

// Two groups of tasks: how their numbers compare is not known.
void sum(const std::vector<int> &A, const std::vector<int> &B) {
  go::WaitGroup Group;
  Group.add(int(A.size() + B.size()));
  for (int I : A)
    go::spawn([&, I] { Group.done(); });
  for (int I : B)
    go::spawn([&, I] { Group.done(); });
  Group.wait();
}

void many() {
  go::WaitGroup Group;
  Group.add(100);
  for (int I = 0; I < 50; ++I) {
    go::spawn([&] { Group.done(); });
    go::spawn([&] { Group.done(); });
  }
  Group.wait();
}

// Code that is not seen may count down, or call what does.
void use(go::WaitGroup &Group);
void later(std::function<void()> F);
void givenAway() {
  go::WaitGroup Group;
  Group.add(2);
  use(Group);
  later([&] { Group.done(); });
  Group.wait();
}

// Who does not come back does not count.
void panics() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    if (!check())
      go::panic("no");
    Group.done();
  });
  Group.wait();
}

// A task that waits for a value that may never come is another defect.
void waits(go::Chan<int> Values) {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&, Values] {
    Values.recv();
    Group.done();
  });
  Group.wait();
}

// A pool of threads takes the tasks from a queue.
struct Pool {
  std::mutex M;
  std::vector<std::function<void()>> Tasks;
  void put(std::function<void()> Task) {
    std::lock_guard Guard(M);
    Tasks.push_back(std::move(Task));
  }
};
void pool(Pool &Of) {
  go::WaitGroup Group;
  Group.add(1);
  Of.put([&] { Group.done(); });
  go::spawn([] { work(); });
  Group.wait();
}

// In rounds.
void rounds() {
  go::WaitGroup Group;
  for (int Round = 0; Round < 3; ++Round) {
    Group.add(2);
    go::spawn([&] { Group.done(); });
    go::spawn([&] { Group.done(); });
    Group.wait();
  }
}

void latch() {
  std::latch Ready(3);
  std::thread A([&] { Ready.arrive_and_wait(); });
  std::thread B([&] { Ready.count_down(); });
  Ready.arrive_and_wait();
  A.join();
  B.join();
}

// Each entry of a list, however long it is.
struct Entry {
  Entry *Next = nullptr;
};
void list(Entry *First) {
  go::WaitGroup Group;
  for (Entry *E = First; E; E = E->Next) {
    Group.add(1);
    go::spawn([&] {
      work();
      Group.done();
    });
  }
  Group.wait();
}

// Counted first, then started.
void inTwoLoops(Entry *First) {
  go::WaitGroup Group;
  for (Entry *E = First; E; E = E->Next)
    Group.add(1);
  for (Entry *E = First; E; E = E->Next)
    go::spawn([&] { Group.done(); });
  Group.wait();
}

// As often as there is something to do, and that was counted.
struct Handler {
  std::function<void()> OnEvent;
  void run(const go::RecvChan<int> &Stop) {
    int Events = 0;
    while (go::select(go::recv(Stop), go::otherwise) != 0)
      if (Events++ < 3)
        OnEvent();
  }
};
void events() {
  auto Handled = std::make_shared<go::WaitGroup>();
  auto H = std::make_shared<Handler>();
  auto Stop = go::makeChan<int>();
  H->OnEvent = [=] { Handled->done(); };
  Handled->add(3);
  go::spawn([=] { H->run(Stop); });
  Handled->wait();
  Stop.close();
}

// Jobs are counted before they are sent to the worker.
struct Jobs {
  go::WaitGroup Running;
  go::Chan<int> Work{4};
  void start() {
    go::spawn([this, Work = Work] {
      for (int Job : Work) {
        work();
        Running.done();
      }
    });
  }
  void put(int Job) {
    Running.add(1);
    Work.send(Job);
  }
};
void jobs() {
  static Jobs All;
  All.start();
  All.put(1);
  All.Running.wait();
  All.Work.close();
}
