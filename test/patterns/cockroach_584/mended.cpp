// cockroach_584, mended: Unlocked before the loop is left. (GoBench, CGO 2021:
// a bug of CockroachDB.)
#include <go/go.h>

#include <memory>

struct Gossip {
  go::Mutex M;
  bool Closed = false; // guarded by M

  void bootstrap() {
    for (;;) {
      M.lock();
      if (Closed) {
        M.unlock();
        break;
      }
      M.unlock();
      break;
    }
  }
  void manage() {
    for (;;) {
      M.lock();
      if (Closed) {
        M.unlock();
        break;
      }
      M.unlock();
      break;
    }
  }
};

int main() {
  return go::main([] {
    auto G = std::make_shared<Gossip>();
    G->Closed = true;
    go::spawn([=] {
      G->bootstrap();
      G->manage();
    });
  });
}
