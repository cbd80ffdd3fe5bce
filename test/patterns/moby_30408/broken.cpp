// moby_30408, broken: The wait for a manifest goes on although an error says
// that none will come. (GoBench, CGO 2021: a bug of Docker.)
// Static: cv-no-notify
// Run: deadlock
#include <go/go.h>

#include <memory>
#include <mutex>

struct Manifest {
  int Version = 0;
};

struct Plugin {
  go::Mutex M;
  go::Cond Activated{M};
  Manifest *Loaded = nullptr; // guarded by M
  go::Error Failure;          // guarded by M

  go::Error waitActive() {
    std::lock_guard Lock(M);
    while (!Loaded)
      Activated.wait(); // defect
    return Failure;
  }
};

void testActive(const std::shared_ptr<Plugin> &P) {
  auto Done = go::makeChan<go::Unit>();
  go::spawn([=] {
    P->waitActive();
    Done.close();
  });
  Done.recv();
}

int main() {
  return go::main([] {
    auto P = std::make_shared<Plugin>();
    P->Failure = go::Error("activation failed");
    testActive(P);
  });
}
