// istio_16224, broken: A handler sends under the lock that the receiver takes
// first; the monitor's end waits for one event more. (GoBench, CGO 2021: a bug
// of Istio.)
// Static: lock-wait-cycle
// Run: deadlock, leak
#include <go/go.h>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

struct Monitor {
  go::Chan<int> Events{0};
  std::vector<std::function<void(int)>> Handlers;

  void run(const go::RecvChan<go::Unit> &Stop) {
    for (;;) {
      int Event;
      if (go::select(go::recv(Stop), go::recv(Events, Event)) == 0) {
        if (Events.recvOk().second) // defect
          Events.close();
        return;
      }
      for (auto &Handle : Handlers)
        Handle(Event);
    }
  }
};

int main() {
  return go::main([] {
    auto M = std::make_shared<go::Mutex>();
    auto Done = go::makeChan<go::Unit>();
    auto Stop = go::makeChan<go::Unit>();
    auto Controller = std::make_shared<Monitor>();
    Controller->Handlers.push_back([=](int) {
      std::lock_guard Lock(*M);
      Done.send({}); // defect
    });
    go::spawn([=] { Controller->run(Stop); });
    Controller->Events.send(1);
    M->lock(); // defect
    M->unlock();
    Done.recv();
    Stop.close();
  });
}
