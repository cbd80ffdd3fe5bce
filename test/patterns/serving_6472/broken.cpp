// serving_6472, broken: Work is queued before the count that its workers
// decrement has been set. (GoBench, CGO 2021: a bug of Knative Serving.)
// Static: race-mixed-atomic
// Run: data-race
#include <go/go.h>

#include <memory>
#include <mutex>
#include <vector>

using namespace std::chrono_literals;

struct State {
  int Pending = 0;
};

struct Queue {
  go::Mutex M;
  go::Cond Changed{M};
  std::vector<std::shared_ptr<State>> Items; // guarded by M
  bool Done = false;                         // guarded by M

  void push(std::shared_ptr<State> S) {
    std::lock_guard Lock(M);
    Items.push_back(std::move(S));
    Changed.signal();
  }
  std::shared_ptr<State> get() {
    std::lock_guard Lock(M);
    Changed.wait([this] { return Done || !Items.empty(); });
    if (Items.empty())
      return nullptr;
    auto S = Items.back();
    Items.pop_back();
    return S;
  }
  void close() {
    std::lock_guard Lock(M);
    Done = true;
    Changed.broadcast();
  }
};

struct Prober {
  Queue Work;

  void probe() {
    if (auto S = Work.get())
      __atomic_fetch_sub(&S->Pending, 1, __ATOMIC_SEQ_CST); // defect
  }
  std::shared_ptr<State> isReady(int Groups) {
    auto S = std::make_shared<State>();
    for (int I = 0; I < Groups; ++I)
      Work.push(S);
    S->Pending += Groups; // defect
    return S;
  }
};

int main() {
  return go::main([] {
    Prober P;
    P.Work.push(std::make_shared<State>());
    go::WaitGroup Wg;
    for (int I = 0; I < 2; ++I)
      Wg.go([&] { P.probe(); });
    auto S = P.isReady(1);
    go::sleep(1ms);
    P.Work.close();
    Wg.wait();
  });
}
