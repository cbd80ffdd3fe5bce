// kubernetes_80284, mended: Callbacks are appended to a list under a lock.
// (GoBench, CGO 2021: a bug of Kubernetes.)
#include <go/go.h>

#include <functional>
#include <mutex>
#include <vector>

struct Dialer {
  int Closed = 0;
  void closeAll() { ++Closed; }
};

struct Authenticator {
  go::Mutex M;
  std::vector<std::function<void()>> OnRotate; // guarded by M

  void update(Dialer *D) {
    std::lock_guard Lock(M);
    OnRotate.emplace_back([D] { D->closeAll(); });
  }
};

int main() {
  return go::main([] {
    Authenticator A;
    Dialer Dialers[2];
    go::WaitGroup Wg;
    for (Dialer &D : Dialers)
      Wg.go([&A, &D] { A.update(&D); });
    Wg.wait();
  });
}
