// Tasks that are counted too late, and tasks that leave without a done.
#include <go/go.h>

#include <functional>
#include <memory>

bool work();

void late() {
  go::WaitGroup Group;
  for (int I = 0; I < 3; ++I)
    go::spawn([&] {
      work();
      Group.done();
    });
  Group.add(3); // bug: wg-unbalanced
  Group.wait();
}

// Through a callback.
struct Controller {
  std::function<void()> OnDone;
  void run() {
    work();
    OnDone();
  }
};

void callback() {
  auto Group = std::make_shared<go::WaitGroup>();
  auto C = std::make_shared<Controller>();
  C->OnDone = [=] { Group->done(); };
  go::spawn([=] { C->run(); });
  Group->add(1); // bug: wg-unbalanced
  Group->wait();
}

// An early return leaves the done out.
void early() {
  go::WaitGroup Group;
  for (int I = 0; I < 3; ++I) {
    Group.add(1);
    go::spawn([&] {
      if (!work())
        return;
      work();
      Group.done(); // bug: wg-unbalanced
    });
  }
  Group.wait();
}

// Only on one branch.
void sometimes() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    if (work())
      Group.done(); // bug: wg-unbalanced
  });
  Group.wait();
}

// What is thrown goes past it.
void thrown() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    try {
      if (!work())
        throw 1;
      Group.done(); // bug: wg-unbalanced
    } catch (int) {
      work();
    }
  });
  Group.wait();
}

// In a helper that the task calls.
void finish(go::WaitGroup &Group, bool Good) {
  if (!Good)
    return;
  Group.done(); // bug: wg-unbalanced
}

void throughHelper() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] { finish(Group, work()); });
  Group.wait();
}

// In a method of an object that has the group.
struct Fetcher {
  go::WaitGroup &Group;
  void fetch() {
    while (!work())
      if (work())
        return;
    Group.done(); // bug: wg-unbalanced
  }
};

void throughMethod() {
  go::WaitGroup Group;
  Fetcher F{Group};
  Group.add(1);
  go::spawn([&] { F.fetch(); });
  Group.wait();
}
