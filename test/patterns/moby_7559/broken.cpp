// moby_7559, broken: A loop goes on to its next round with the lock held, and
// locks again. (GoBench, CGO 2021: a bug of Docker.)
// Static: lock-double
// Run: deadlock
#include <go/go.h>

#include <memory>

struct Proxy {
  go::Mutex M;
  int Connections = 0; // guarded by M

  bool dial() { return Connections > 0; }

  void run() {
    for (int I = 0; I < 2; ++I) {
      M.lock(); // defect
      if (!dial())
        continue;
      ++Connections;
      if (I == 0)
        break;
    }
    M.unlock();
  }
};

int main() {
  return go::main([] {
    auto P = std::make_shared<Proxy>();
    go::spawn([=] { P->run(); });
  });
}
