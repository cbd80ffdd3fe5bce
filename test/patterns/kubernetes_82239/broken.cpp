// kubernetes_82239, broken: A test changes a map that the controller copies at
// the same time. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: map-unguarded
// Run: data-race
#include <go/go.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

using namespace std::chrono_literals;

struct Volume {
  std::map<std::string, int> Annotations;
  Volume deepCopy() const { return *this; } // defect
};

struct Lister {
  go::Mutex M;
  std::shared_ptr<Volume> Known; // guarded by M

  std::shared_ptr<Volume> get() {
    std::lock_guard Lock(M);
    return Known;
  }
  void set(std::shared_ptr<Volume> V) {
    std::lock_guard Lock(M);
    Known = std::move(V);
  }
};

struct Controller {
  std::shared_ptr<Lister> Volumes = std::make_shared<Lister>();

  void run(const go::RecvChan<go::Unit> &Stop) {
    go::spawn([Volumes = Volumes, Stop] {
      while (go::select(go::recv(Stop), go::otherwise) != 0) {
        auto V = Volumes->get();
        Volume Claim = V->deepCopy();
        go::yield();
      }
    });
    Stop.recv();
  }
};

int main() {
  return go::main([] {
    auto C = std::make_shared<Controller>();
    auto V = std::make_shared<Volume>();
    V->Annotations = {{"bound", 0}, {"class", 2}};
    C->Volumes->set(V);
    auto Stop = go::makeChan<go::Unit>();
    go::spawn([=] { C->run(Stop); });
    go::sleep(1ms);
    V->Annotations["bound"] = 1; // defect
    Stop.close();
  });
}
