// Tasks that add themselves to the wait group that counts them.
#include <go/go.h>

#include <string>
#include <thread>
#include <vector>

void work(int N);

// The first statement of the task.
void fetchAll(const std::vector<std::string> &Urls) {
  go::WaitGroup Group;
  for (const std::string &Url : Urls)
    go::spawn([&, Url] {
      Group.add(1); // bug: wg-add-in-goroutine
      work(int(Url.size()));
      Group.done();
    });
  Group.wait();
}

// Any position counts, also behind a branch.
void later(bool Careful) {
  go::WaitGroup Group;
  go::spawn([&] {
    work(1);
    if (Careful)
      Group.add(1); // bug: wg-add-in-goroutine
    work(2);
  });
  Group.wait();
}

// The task is a named function.
void named(go::WaitGroup &Group) {
  Group.add(1); // bug: wg-add-in-goroutine
  work(3);
  Group.done();
}

void startNamed() {
  go::WaitGroup Group;
  go::spawn([&] { named(Group); });
  Group.wait();
}

// The add hides in a helper that the task calls.
struct Job {
  go::WaitGroup *Group;
  void begin() {
    Group->add(1); // bug: wg-add-in-goroutine
  }
  void end() { Group->done(); }
};

void startJob() {
  go::WaitGroup Group;
  Job J{&Group};
  go::spawn([&] {
    J.begin();
    work(4);
    J.end();
  });
  Group.wait();
}

// The add before the first spawn is for the first task only.
void second() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    work(5);
    Group.done();
  });
  go::spawn([&] {
    Group.add(1); // bug: wg-add-in-goroutine
    work(6);
    Group.done();
  });
  Group.wait();
}

// A thread is a task as well.
void threads() {
  go::WaitGroup Group;
  std::thread Worker([&] {
    Group.add(1); // bug: wg-add-in-goroutine
    work(7);
    Group.done();
  });
  Group.wait();
  Worker.join();
}

// The group belongs to the caller, who waits somewhere else.
void start(go::WaitGroup &Group) {
  go::spawn([&Group] {
    Group.add(1); // bug: wg-add-in-goroutine
    work(8);
    Group.done();
  });
}
