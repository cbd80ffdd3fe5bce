// istio_18454, mended: The drain after the stop does not block. (GoBench, CGO
// 2021: a bug of Istio.)
#include <go/go.h>

#include <memory>
#include <optional>

using namespace std::chrono_literals;

struct Strategy : std::enable_shared_from_this<Strategy> {
  go::Mutex M;
  std::optional<go::Timer> Publish; // guarded by M until the worker has it
  go::Chan<go::Unit> Reset{1};

  void onChange(const go::Context &Worker) {
    M.lock();
    if (Publish) {
      M.unlock();
      Reset.send({});
      return;
    }
    Publish.emplace(1ns);
    go::spawn([Self = shared_from_this(), Worker] { Self->work(Worker); });
    M.unlock();
  }
  void work(const go::Context &Worker) {
    for (;;) {
      switch (go::select(go::recv(Publish->C), go::recv(Reset),
                         go::recv(Worker.done()))) {
      case 0:
        break;
      case 1:
        if (!Publish->stop())
          Publish->C.tryRecv();
        Publish->reset(1ns);
        break;
      case 2:
        Publish->stop();
        return;
      }
    }
  }
};

void process(const std::shared_ptr<Strategy> &S, const go::Context &Ctx,
             const go::RecvChan<int> &Events) {
  auto Worker = go::withCancel(go::background());
  while (go::select(go::recv(Ctx.done()), go::recv(Events)) != 0)
    S->onChange(Worker);
}

int main() {
  return go::main([] {
    auto Ctx = go::withCancel(go::background());
    auto S = std::make_shared<Strategy>();
    auto Events = go::makeChan<int>(1024);
    for (int I = 0; I < 1024; ++I)
      Events.send(I);
    go::spawn([=, C = go::Context(Ctx)] { process(S, C, Events); });
  });
}
