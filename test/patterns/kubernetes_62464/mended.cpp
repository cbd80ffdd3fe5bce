// kubernetes_62464, mended: The helpers rely on the lock that their caller
// holds. (GoBench, CGO 2021: a bug of Kubernetes.)
#include <go/go.h>

#include <memory>
#include <mutex>
#include <shared_mutex>

struct State {
  go::RWMutex Rw;
  int Default = 3;  // guarded by Rw
  int Assigned = 0; // guarded by Rw

  int getDefault() {
    std::shared_lock Lock(Rw);
    return Default;
  }
  int getOrDefault() {
    std::shared_lock Lock(Rw);
    return Assigned > 5 ? Assigned : Default;
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
