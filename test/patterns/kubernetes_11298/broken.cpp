// kubernetes_11298, broken: A condition is signalled before its helper waits,
// or is waited on by another's lock. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: cv-no-predicate
// Run: sometimes deadlock, leak
#include <go/go.h>

#include <functional>
#include <memory>
#include <mutex>

using namespace std::chrono_literals;

using Signal = go::RecvChan<go::Unit>;

Signal after(std::function<void()> Fn) {
  auto Done = go::makeChan<go::Unit>();
  go::spawn([=] {
    Fn();
    Done.close();
  });
  return Done;
}

bool isClosed(const Signal &S) {
  return go::select(go::recv(S), go::otherwise) == 0;
}

void until(const std::function<void()> &Fn, const Signal &Stop) {
  while (!isClosed(Stop)) {
    Fn();
    go::select(go::recv(Stop), go::after(0ns));
  }
}

struct Notifier {
  go::Mutex M;
  go::Cond Changed{M};

  void serviceLoop(const Signal &Abort) {
    std::lock_guard Lock(M);
    while (!isClosed(Abort)) {
      auto Notified = after([this] { Changed.wait(); }); // defect
      if (go::select(go::recv(Abort), go::recv(Notified)) == 0) {
        Changed.signal();
        Notified.recv(); // defect
        return;
      }
    }
  }
  void announce(const Signal &Abort) {
    while (!isClosed(Abort)) {
      std::lock_guard Lock(M);
      Changed.signal();
      go::yield();
    }
  }
  void notify(const Signal &Abort) {
    auto Finished =
        after([this, Abort] { until([=] { announce(Abort); }, Abort); });
    until([this, Finished] { serviceLoop(Finished); }, Abort);
  }
};

int main() {
  return go::main([] {
    auto N = std::make_shared<Notifier>();
    auto Done = go::makeChan<go::Unit>();
    auto Ended = after([=] { N->notify(Done); });
    go::spawn([=] {
      go::sleep(300ns);
      Done.close();
    });
    Ended.recv();
  });
}
