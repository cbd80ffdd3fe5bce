// kubernetes_26980, mended: The consumer takes its item under the lock and
// waits without it. (GoBench, CGO 2021: a bug of Kubernetes.)
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
    {
      std::lock_guard Lock(L);
      while (Pending.empty()) {
        if (go::select(go::recv(Stop), go::otherwise) == 0)
          return;
        Added.wait();
      }
      Pending.pop_back();
    }
    Stop.recv();
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
      Lis->L.lock();
      Result.close();
    });
    Result.recv();
    Lis->L.unlock();
    Stop.close();
  });
}
