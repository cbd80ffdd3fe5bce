// kubernetes_62464, broken: A reader calls helpers that take the read lock
// again. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: lock-double
// Run: sometimes leak
#include <go/go.h>

#include <memory>
#include <mutex>
#include <shared_mutex>

struct State {
  go::RWMutex Rw;
  int Default = 3;  // guarded by Rw
  int Assigned = 0; // guarded by Rw

  bool get() {
    std::shared_lock Lock(Rw); // defect
    return Assigned > 5;
  }
  int getDefault() {
    std::shared_lock Lock(Rw); // defect
    return Default;
  }
  int getOrDefault() {
    std::shared_lock Lock(Rw);
    return get() ? Assigned : getDefault();
  }
  void setDefault(int Value) {
    std::lock_guard Lock(Rw);
    Default = Value;
  }
};

int main() {
  return go::main([] {
    auto S = std::make_shared<State>();
    go::spawn([=] { S->getOrDefault(); });
    go::spawn([=] { S->setDefault(S->getDefault() + 1); });
  });
}
