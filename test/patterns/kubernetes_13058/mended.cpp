// kubernetes_13058, mended: The events are added before the controller starts,
// and counted exactly. (GoBench, CGO 2021: a bug of Kubernetes.)
#include <go/go.h>

#include <functional>
#include <memory>

using namespace std::chrono_literals;

struct Controller {
  std::function<void()> OnDelete;

  void process() { OnDelete(); }
  void run(const go::RecvChan<go::Unit> &Stop) {
    int Deletes = 0;
    while (go::select(go::recv(Stop), go::otherwise) != 0) {
      if (Deletes++ < 3)
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
    C->OnDelete = [=] { Handled->done(); };
    Handled->add(3);
    go::spawn([=] { C->run(Stop); });
    go::WaitGroup Wg;
    Wg.add(3);
    for (int I = 0; I < 3; ++I)
      go::spawn([&] { Wg.done(); });
    Wg.wait();
    Handled->wait();
    Stop.close();
  });
}
