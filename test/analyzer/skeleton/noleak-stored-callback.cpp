// A lambda that is stored may do anything to what it captures.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

#include <functional>
#include <memory>
#include <vector>

struct Monitor {
  go::Chan<int> Events{0};
  std::vector<std::function<void(int)>> Handlers;
  void run(go::RecvChan<go::Unit> Stop) {
    int Event;
    while (go::select(go::recv(Stop), go::recv(Events, Event)) == 1)
      for (auto &Handle : Handlers)
        Handle(Event);
  }
};
void handles() {
  auto Done = go::makeChan<go::Unit>();
  auto Stop = go::makeChan<go::Unit>();
  auto M = std::make_shared<Monitor>();
  M->Handlers.push_back([=](int) { Done.send({}); });
  go::spawn([=] { M->run(Stop); });
  M->Events.send(1);
  Done.recv();
  Stop.close();
}
