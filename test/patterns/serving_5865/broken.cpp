// serving_5865, broken: The owner of a channel closes it although it is the one
// that receives. (GoBench, CGO 2021: a bug of Knative Serving.)
// Static: chan-closed, chan-leak-no-peer
// Run: data-race, misuse
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
    go::spawn([=] {
      go::Defer End([&] { W->Dests.close(); }); // defect
    });
    return W;
  }
  void update(int Dest) {
    auto W = getOrCreate();
    W->Dests.send(Dest); // defect
  }
};

int main() {
  return go::main([] {
    Manager All;
    All.update(1);
  });
}
