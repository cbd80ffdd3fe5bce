// Tasks that are counted too late.
#include <go/go.h>

#include <functional>
#include <memory>

void work();

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
