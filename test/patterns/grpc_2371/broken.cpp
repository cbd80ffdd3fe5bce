// grpc_2371, broken: A watcher uses the balancer that a close in between has
// taken away. (GoBench, CGO 2021: a bug of gRPC.)
// Static: gap
// Run: sometimes crash
#include <go/go.h>

#include <memory>
#include <mutex>

using namespace std::chrono_literals;

struct Balancer {
  go::Chan<int> States{1};
  void handle(int State) {
    States.tryRecv();
    States.send(State);
  }
};

struct Resolver {
  int Target = 0;
};

struct Conn : std::enable_shared_from_this<Conn> {
  go::RWMutex L;
  std::unique_ptr<Balancer> Picker = std::make_unique<Balancer>(); // by L
  std::unique_ptr<Resolver> Names = std::make_unique<Resolver>();  // by L

  void watch() {
    std::lock_guard Lock(L);
    Picker->handle(Names->Target); // defect
  }
  void close() {
    std::lock_guard Lock(L);
    Names.reset();
    Picker.reset();
  }
};

std::shared_ptr<Conn> dial() {
  auto C = std::make_shared<Conn>();
  go::spawn([=] { C->watch(); });
  return C;
}

int main() {
  return go::main([] {
    for (int I = 0; I < 10; ++I) {
      auto C = dial();
      go::spawn([=] { C->close(); });
    }
    go::sleep(100ms);
  });
}
