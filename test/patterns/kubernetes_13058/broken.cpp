// kubernetes_13058, broken: A controller may count an event as done before it
// has been added, or once too often. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: wg-unbalanced
// Run: sometimes misuse
#include <go/go.h>

#include <functional>
#include <memory>

using namespace std::chrono_literals;

struct Controller {
  std::function<void()> OnDelete;

  void process() { OnDelete(); }
  void run(const go::RecvChan<go::Unit> &Stop) {
    while (go::select(go::recv(Stop), go::otherwise) != 0) {
      process();
      go::sleep(10ms);
    }
  }
};

int main() {
  return go::main([] {
    auto Handled = std::make_shared<go::WaitGroup>();
    auto C = std::make_shared<Controller>();
    auto Stop = go::makeChan<go::Unit>();
    C->OnDelete = [=] { Handled->done(); }; // defect
    go::spawn([=] { C->run(Stop); });
    go::WaitGroup Wg;
    Wg.add(3);
    Handled->add(3); // defect
    for (int I = 0; I < 3; ++I)
      go::spawn([&] { Wg.done(); });
    Wg.wait();
    Handled->wait();
    Stop.close();
  });
}
