// kubernetes_10182, broken: A setter sends under the lock that the consumer
// takes between two receives. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: lock-wait-cycle
// Run: sometimes leak
#include <go/go.h>

#include <memory>
#include <mutex>

struct StatusManager {
  go::RWMutex L;
  go::Chan<int> Channel{0};
  int Statuses = 0; // guarded by L

  void erase() {
    std::lock_guard Lock(L); // defect
    --Statuses;
  }
  void consume() {
    for (int I = 0; I < 2; ++I) {
      Channel.recv();
      erase();
    }
  }
  void set(int Status) {
    std::lock_guard Lock(L);
    ++Statuses;
    Channel.send(Status); // defect
  }
};

int main() {
  return go::main([] {
    auto Manager = std::make_shared<StatusManager>();
    go::spawn([=] { go::spawn([=] { Manager->consume(); }); });
    go::spawn([=] { Manager->set(1); });
    go::spawn([=] { Manager->set(2); });
  });
}
