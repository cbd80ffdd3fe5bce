// kubernetes_26980, broken: A consumer waits for the stop signal with the lock
// that its sender's partner needs. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: lock-wait-cycle
// Run: sometimes deadlock
#include <go/go.h>

#include <memory>
#include <mutex>
#include <vector>

struct Listener {
  go::RWMutex L;
  go::Cond Added{L};
  std::vector<int> Pending; // guarded by L

  void add(int Item) {
    std::lock_guard Lock(L);
    Pending.push_back(Item);
    Added.broadcast();
  }
  void pop(const go::RecvChan<go::Unit> &Stop) {
    std::lock_guard Lock(L); // defect
    for (;;) {
      while (Pending.empty()) {
        if (go::select(go::recv(Stop), go::otherwise) == 0)
          return;
        Added.wait();
      }
      if (go::select(go::recv(Stop)) == 0) // defect, but for select-single
        return;
    }
  }
};

int main() {
  return go::main([] {
    auto Lis = std::make_shared<Listener>();
    auto Stop = go::makeChan<go::Unit>();
    auto Result = go::makeChan<go::Unit>();
    Lis->add(1);
    go::spawn([=] { Lis->pop(Stop); });
    go::spawn([=] {
      Lis->L.lock(); // defect
      Result.close();
    });
    Result.recv(); // defect
    Lis->L.unlock();
    Stop.close();
  });
}
