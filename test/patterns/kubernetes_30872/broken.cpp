// kubernetes_30872, broken: Queue then informer here, informer then queue
// there, all through callbacks. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: lock-order
// Run: sometimes leak
#include <go/go.h>

#include <functional>
#include <memory>
#include <mutex>

struct Store {
  virtual ~Store() = default;
  virtual bool hasSynced() = 0;
  virtual void pop(const std::function<void()> &Process) = 0;
};

struct Queue : Store {
  go::RWMutex Q;
  int Popped = 0; // guarded by Q

  bool hasSynced() override {
    std::lock_guard Lock(Q); // defect
    return Popped > 0;
  }
  void pop(const std::function<void()> &Process) override {
    std::lock_guard Lock(Q);
    ++Popped;
    Process();
  }
};

struct Informer {
  go::Mutex F;
  int Clusters = 0;            // guarded by F
  go::Chan<go::Unit> StopChan; // guarded by F
  Queue Pending;
  Store *Source = &Pending;
  std::function<void()> OnAdd;

  void addCluster() {
    std::lock_guard Lock(F); // defect
    ++Clusters;
  }
  bool synced() {
    std::lock_guard Lock(F);
    return Clusters > 0 && Source->hasSynced();
  }
  void stop() {
    std::lock_guard Lock(F);
    StopChan.close();
  }
};

void start(const std::shared_ptr<Informer> &Inf) {
  std::lock_guard Lock(Inf->F);
  auto Stop = go::makeChan<go::Unit>();
  Inf->StopChan = Stop;
  Inf->OnAdd = [I = Inf.get()] { I->addCluster(); };
  go::spawn([=] {
    while (go::select(go::recv(Stop), go::otherwise) != 0) {
      Inf->Source->pop(Inf->OnAdd);
      go::yield();
    }
  });
}

int main() {
  return go::main([] {
    auto Inf = std::make_shared<Informer>();
    auto Stop = go::makeChan<go::Unit>();
    start(Inf);
    go::spawn([=] {
      Stop.recv();
      Inf->stop();
    });
    go::spawn([=] { Inf->synced(); });
    Stop.close();
  });
}
