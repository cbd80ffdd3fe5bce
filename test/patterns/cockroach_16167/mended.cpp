// cockroach_16167, mended: What the inner call needs is read once and handed
// down. (GoBench, CGO 2021: a bug of CockroachDB.)
#include <go/go.h>

#include <memory>
#include <mutex>
#include <shared_mutex>

// The read side of a lock as a lock of its own.
struct ReadView {
  go::RWMutex &Rw;
  void lock() { Rw.lock_shared(); }
  void unlock() { Rw.unlock_shared(); }
};

struct Executor {
  go::RWMutex Rw;
  ReadView View{Rw};
  go::Cond Changed{View};
  int Config = 1; // guarded by Rw

  void start() { update(2); }
  void update(int Value) {
    std::lock_guard Lock(Rw);
    Config = Value;
  }
  int reset(int Cache) { return Cache; }
  int prepare(int Cache) { return reset(Cache); }
  int runStatement(int Cache) { return prepare(Cache); }
  int exec() {
    std::lock_guard Lock(View);
    return runStatement(Config);
  }
};

int main() {
  return go::main([] {
    auto E = std::make_shared<Executor>();
    go::spawn([=] { E->start(); });
    E->exec();
  });
}
