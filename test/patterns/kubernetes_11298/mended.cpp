// kubernetes_11298, mended: A channel with room for one notice replaces the
// condition. (GoBench, CGO 2021: a bug of Kubernetes.)
#include <go/go.h>

#include <functional>
#include <memory>

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
  go::Chan<go::Unit> Changed{1};

  void serviceLoop(const Signal &Abort) {
    while (go::select(go::recv(Abort), go::recv(Changed)) != 0)
      ;
  }
  void announce(const Signal &Abort) {
    while (!isClosed(Abort)) {
      Changed.trySend({});
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
