// grpc_1353, broken: The updater sends addresses under the lock that their
// reader needs for each. (GoBench, CGO 2021: a bug of gRPC.)
// Static: lock-wait-cycle
// Run: leak
#include <go/go.h>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

struct Conn {
  go::Mutex M;
  std::function<void()> Down;
  void tearDown() {
    std::lock_guard Lock(M);
    Down();
  }
};

struct RoundRobin {
  go::Mutex M;
  go::Chan<int> Addresses{0};
  int Downs = 0; // guarded by M

  void update(const go::Chan<go::Unit> &Help) {
    for (int I = 0; I < 100; ++I) {
      std::lock_guard Lock(M);
      Addresses.send(I); // defect
    }
    Help.close();
  }
  void down() {
    std::lock_guard Lock(M); // defect
    ++Downs;
  }
  void watch() {
    std::vector<Conn> Conns(2);
    for (Conn &C : Conns)
      C.Down = [this] { down(); };
    for (int Address : Addresses) {
      static_cast<void>(Address);
      for (Conn &C : Conns)
        C.tearDown();
    }
  }
};

int main() {
  return go::main([] {
    auto Balancer = std::make_shared<RoundRobin>();
    auto Help = go::makeChan<go::Unit>();
    go::spawn([=] { Balancer->watch(); });
    go::spawn([=] { Balancer->update(Help); });
    go::spawn([=] {
      Help.recv();
      std::lock_guard Lock(Balancer->M);
      Balancer->Addresses.close();
    });
  });
}
