// serving_5865, mended: The receiver's end is told by a channel of its own.
// (GoBench, CGO 2021: a bug of Knative Serving.)
#include <go/go.h>

#include <memory>
#include <mutex>

struct Watcher {
  go::Chan<int> Dests{0};
  go::Chan<go::Unit> Done{0};
};

struct Manager {
  go::Mutex M;
  int Watchers = 0; // guarded by M

  std::shared_ptr<Watcher> getOrCreate() {
    std::lock_guard Lock(M);
    ++Watchers;
    auto W = std::make_shared<Watcher>();
    go::spawn([=] { go::Defer End([&] { W->Done.close(); }); });
    return W;
  }
  void update(int Dest) {
    auto W = getOrCreate();
    go::select(go::send(W->Dests, Dest), go::recv(W->Done));
  }
};

int main() {
  return go::main([] {
    Manager All;
    All.update(1);
  });
}
