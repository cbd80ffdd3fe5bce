// etcd_8194, broken: A test changes a global while a lessor that nobody stops
// reads it. (GoBench, CGO 2021: a bug of etcd.)
// Static: race-local
// Run: data-race, leak
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
      size_t Limit = static_cast<size_t>(LeaseRevokeRate) / 2; // defect
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
  go::spawn([=] { L->run(); });
  return L;
}

void testGrant() { auto L = makeLessor(); }

void checkRate() { std::printf("revoked at %d\n", LeaseRevokeRate); }

void testRate() {
  int Old = LeaseRevokeRate;
  LeaseRevokeRate = 10; // defect
  checkRate();
  LeaseRevokeRate = Old; // defect
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go(testGrant);
    Wg.go(testRate);
    Wg.wait();
  });
}
