// grpc_795, mended: Both paths unlock. (GoBench, CGO 2021: a bug of gRPC.)
#include <go/go.h>

#include <memory>

struct Server {
  go::Mutex M;
  bool Drain = false; // guarded by M

  void gracefulStop() {
    M.lock();
    if (Drain) {
      M.unlock();
      return;
    }
    Drain = true;
    M.unlock();
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
