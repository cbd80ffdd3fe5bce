// grpc_795, broken: A second stop locks again where it meant to unlock, and the
// first keeps the lock. (GoBench, CGO 2021: a bug of gRPC.)
// Static: lock-double
// Run: deadlock
#include <go/go.h>

#include <memory>

struct Server {
  go::Mutex M;
  bool Drain = false; // guarded by M

  void gracefulStop() {
    M.lock(); // defect
    if (Drain) {
      M.lock(); // defect
      return;
    }
    Drain = true;
  }
  void serve() {
    M.lock();
    M.unlock();
  }
};

int main() {
  return go::main([] {
    auto S = std::make_shared<Server>();
    go::spawn([S] { S->serve(); });
    for (int I = 0; I < 3; ++I)
      S->gracefulStop();
  });
}
