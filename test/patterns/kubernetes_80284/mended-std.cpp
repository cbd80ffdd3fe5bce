// kubernetes_80284, mended: Callbacks are appended to a list under a lock.
// (GoBench, CGO 2021: a bug of Kubernetes.)
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

struct Dialer {
  int Closed = 0;
  void closeAll() { ++Closed; }
};

struct Authenticator {
  std::mutex M;
  std::vector<std::function<void()>> OnRotate; // guarded by M

  void update(Dialer *D) {
    std::lock_guard Lock(M);
    OnRotate.emplace_back([D] { D->closeAll(); });
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
