// moby_7559, mended: Each round unlocks what it locked. (GoBench, CGO 2021: a
// bug of Docker.)
#include <go/go.h>

#include <memory>

struct Proxy {
  go::Mutex M;
  int Connections = 0; // guarded by M

  bool dial() { return Connections > 0; }

  void run() {
    for (int I = 0; I < 2; ++I) {
      M.lock();
      if (!dial()) {
        M.unlock();
        continue;
      }
      ++Connections;
      M.unlock();
    }
  }
};

int main() {
  return go::main([] {
    auto P = std::make_shared<Proxy>();
    go::spawn([=] { P->run(); });
  });
}
