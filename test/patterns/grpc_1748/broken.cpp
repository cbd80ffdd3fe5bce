// grpc_1748, broken: A test restores a global while connections of its watcher
// still read it. (GoBench, CGO 2021: a bug of gRPC.)
// Static: race-local
// Run: data-race
#include <go/go.h>

#include <mutex>

using namespace std::chrono_literals;

go::Duration MinConnectTimeout = 20s;

struct Balancer {
  go::Mutex M;
  go::Duration Used = 0s; // guarded by M
};

void connect(Balancer *B) {
  std::lock_guard Lock(B->M);
  go::spawn([B] {
    std::lock_guard Lock(B->M);
    B->Used = MinConnectTimeout; // defect
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

void switchBalancer() {
  go::spawn([] { Connection.watch(); });
  std::lock_guard Lock(Connection.M);
  Connection.Current = &Chosen;
}

void testTimeout() {
  go::Duration Backup = MinConnectTimeout;
  switchBalancer();
  MinConnectTimeout = Backup; // defect
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go(testTimeout);
    Wg.wait();
  });
}
