// etcd_8194, mended: The lessor is stopped and joined before the global
// changes. (GoBench, CGO 2021: a bug of etcd.)
#include <go/go.h>

#include <cstdio>
#include <memory>

using namespace std::chrono_literals;

int LeaseRevokeRate = 1000;

struct Lessor {
  go::Chan<go::Unit> Stop{nullptr};
  go::Chan<go::Unit> Done{0};
  size_t Leases = 600;

  void run() {
    for (int I = 0; I < 10; ++I) {
      size_t Limit = static_cast<size_t>(LeaseRevokeRate) / 2;
      if (Leases > Limit)
        Leases = Limit;
      if (go::select(go::recv(Stop), go::otherwise) == 0)
        break;
      go::select(go::after(5ms), go::recv(Stop));
    }
    Done.close();
  }
};

std::shared_ptr<Lessor> makeLessor() {
  auto L = std::make_shared<Lessor>();
  L->Stop = go::makeChan<go::Unit>();
  go::spawn([=] { L->run(); });
  return L;
}

void testGrant() {
  auto L = makeLessor();
  L->Stop.close();
  L->Done.recv();
}

void checkRate() { std::printf("revoked at %d\n", LeaseRevokeRate); }

void testRate() {
  int Old = LeaseRevokeRate;
  LeaseRevokeRate = 10;
  checkRate();
  LeaseRevokeRate = Old;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go(testGrant);
    Wg.wait();
    Wg.go(testRate);
    Wg.wait();
  });
}
