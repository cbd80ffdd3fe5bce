// grpc_1748, mended: The connections are shut down and joined before the global
// is restored. (GoBench, CGO 2021: a bug of gRPC.)
#include <go/go.h>

#include <mutex>

using namespace std::chrono_literals;

go::Duration MinConnectTimeout = 20s;

struct Balancer {
  go::Mutex M;
  go::Duration Used = 0s; // guarded by M
  bool Shut = false;      // guarded by M
  go::WaitGroup Conns;
};

void connect(Balancer *B) {
  std::lock_guard Lock(B->M);
  if (B->Shut)
    return;
  B->Conns.go([B] {
    std::lock_guard Lock(B->M);
    B->Used = MinConnectTimeout;
  });
}

void handle(Balancer *B) { connect(B); }

struct Wrapper {
  go::Mutex M;
  Balancer *Current = nullptr; // guarded by M

  void watch() {
    for (int I = 0; I < 10; ++I) {
      Balancer *B;
      {
        std::lock_guard Lock(M);
        B = Current;
      }
      if (B)
        handle(B);
      go::yield();
    }
  }
};

// Not counted: the counts of shared pointers would order what they guard.
Wrapper Connection;
Balancer Chosen;

Balancer *switchBalancer() {
  go::spawn([] { Connection.watch(); });
  std::lock_guard Lock(Connection.M);
  Connection.Current = &Chosen;
  return &Chosen;
}

void testTimeout() {
  go::Duration Backup = MinConnectTimeout;
  auto B = switchBalancer();
  {
    std::lock_guard Lock(B->M);
    B->Shut = true;
  }
  B->Conns.wait();
  MinConnectTimeout = Backup;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go(testTimeout);
    Wg.wait();
  });
}
