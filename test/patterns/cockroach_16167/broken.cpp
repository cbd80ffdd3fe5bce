// cockroach_16167, broken: A read lock, taken through a condition's locker, is
// taken again further down. (GoBench, CGO 2021: a bug of CockroachDB.)
// Static: gap
// Run: sometimes deadlock
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
  int dbCache() {
    std::shared_lock Lock(Rw); // defect
    return Config;
  }
  int reset() { return dbCache(); }
  int prepare() { return reset(); }
  int runStatement() { return prepare(); }
  int exec() {
    std::lock_guard Lock(View); // defect
    return runStatement();
  }
};

int main() {
  return go::main([] {
    auto E = std::make_shared<Executor>();
    go::spawn([=] { E->start(); });
    E->exec();
  });
}
