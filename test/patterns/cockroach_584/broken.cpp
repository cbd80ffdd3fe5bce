// cockroach_584, broken: A loop is left with the lock still held. (GoBench, CGO
// 2021: a bug of CockroachDB.)
// Static: lock-leak
// Run: deadlock
#include <go/go.h>

#include <memory>

struct Gossip {
  go::Mutex M;
  bool Closed = false; // guarded by M

  void bootstrap() {
    for (;;) {
      M.lock(); // defect
      if (Closed)
        break;
      M.unlock();
      break;
    }
  } // defect
  void manage() {
    for (;;) {
      M.lock(); // defect
      if (Closed)
        break;
      M.unlock();
      break;
    }
  } // defect
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
