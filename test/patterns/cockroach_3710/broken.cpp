// cockroach_3710, broken: A reader calls back into its store, which takes the
// read lock again. (GoBench, CGO 2021: a bug of CockroachDB.)
// Static: lock-double
// Run: sometimes leak
#include <go/go.h>

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

struct Store;

struct Replica {
  Store *Owner;
};

struct QueueImpl {
  virtual ~QueueImpl() = default;
  virtual bool shouldQueue(const Replica &R) = 0;
};

struct LogQueue : QueueImpl {
  bool shouldQueue(const Replica &R) override;
};

struct Queue {
  go::Mutex M;
  std::unique_ptr<QueueImpl> Impl = std::make_unique<LogQueue>();
  int Length = 0; // guarded by M

  void maybeAdd(const Replica &R) {
    std::lock_guard Lock(M);
    Length += Impl->shouldQueue(R);
  }
};

struct Store {
  go::RWMutex Rw;
  std::vector<Replica> Replicas; // guarded by Rw
  Queue Log;

  size_t status() {
    std::shared_lock Lock(Rw); // defect
    return Replicas.size();
  }
  void scan() {
    std::shared_lock Lock(Rw); // defect
    for (const Replica &R : Replicas)
      Log.maybeAdd(R);
  }
  void process() {
    std::lock_guard Lock(Rw);
    auto Copy = Replicas;
  }
};

bool LogQueue::shouldQueue(const Replica &R) { return R.Owner->status() > 1; }

int main() {
  return go::main([] {
    auto S = std::make_shared<Store>();
    S->Replicas = {Replica{S.get()}, Replica{S.get()}};
    go::spawn([=] { S->scan(); });
    go::spawn([=] { go::spawn([=] { S->process(); }); });
  });
}
