// kubernetes_80284, broken: Two updates set the callback of one object without
// a lock. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: race-torn-value
// Run: data-race
#include <functional>
#include <thread>
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
  Authenticator A;
  Dialer Dialers[2];
  std::thread One([&] { A.update(&Dialers[0]); });
  std::thread Other([&] { A.update(&Dialers[1]); });
  One.join();
  Other.join();
}
