// cockroach_35931, broken: One goroutine pushes to every receiver, of which one
// is full and nobody reads. (GoBench, CGO 2021: a bug of CockroachDB.)
// Static: chan-leak-no-peer
// Run: deadlock
#include <go/go.h>

#include <map>
#include <memory>
#include <mutex>
#include <vector>

struct Receiver {
  virtual ~Receiver() = default;
  virtual void push(int Row) = 0;
};

struct RowChannel : Receiver {
  go::Chan<int> Rows{1};
  void push(int Row) override { Rows.send(Row); } // defect
};

struct Registry {
  go::Mutex M;
  std::map<int, std::shared_ptr<Receiver>> Flows; // guarded by M

  void add(int Id, std::shared_ptr<Receiver> R) {
    std::lock_guard Lock(M);
    Flows[Id] = std::move(R);
  }
  void cancel() {
    std::vector<std::shared_ptr<Receiver>> All;
    {
      std::lock_guard Lock(M);
      for (auto &[Id, R] : Flows)
        All.push_back(R);
    }
    for (auto &R : All)
      R->push(-1); // defect
  }
};

int main() {
  return go::main([] {
    auto Left = std::make_shared<RowChannel>();
    auto Right = std::make_shared<RowChannel>();
    Registry Flow;
    Left->push(1);
    Flow.add(1, Left);
    Flow.add(2, Right);
    Flow.cancel();
  });
}
