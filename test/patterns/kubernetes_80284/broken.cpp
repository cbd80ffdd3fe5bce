// kubernetes_80284, broken: Two updates set the callback of one object without
// a lock. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: race-torn-value
// Run: data-race
#include <go/go.h>

#include <functional>
#include <vector>

struct Dialer {
  int Closed = 0;
  void closeAll() { ++Closed; }
};

struct Authenticator {
  std::function<void()> OnRotate;

  void update(Dialer *D) {
    OnRotate = [D] { D->closeAll(); }; // defect
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
