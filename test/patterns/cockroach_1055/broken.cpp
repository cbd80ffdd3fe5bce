// cockroach_1055, broken: A stopper waits for tasks that nobody finishes,
// holding what their starters need. (GoBench, CGO 2021: a bug of CockroachDB.)
// Static: wg-add-in-goroutine
// Run: sometimes data-race, deadlock, misuse
#include <go/go.h>

#include <mutex>

struct Stopper {
  go::Chan<go::Unit> Stopping{0};
  go::WaitGroup Workers;
  go::Mutex M;
  int Draining = 0;
  go::WaitGroup Tasks;

  bool startTask() {
    if (__atomic_load_n(&Draining, __ATOMIC_SEQ_CST) != 0)
      return false;
    std::lock_guard Lock(M); // defect
    Tasks.add(1);            // defect
    return true;
  }
  void quiesce() {
    std::lock_guard Lock(M);
    Draining = 1; // defect
    Tasks.wait(); // defect
    Draining = 0;
  }
  void stop() {
    std::lock_guard Lock(M);
    Draining = 1; // defect
    Tasks.wait(); // defect
    Stopping.close();
    Workers.wait(); // defect
  }
};

int main() {
  return go::main([] {
    Stopper Stoppers[3];
    for (Stopper &S : Stoppers) {
      S.Workers.add(1);
      go::spawn([&S] {
        S.startTask();
        S.Stopping.recv();
        S.Workers.done();
      });
    }
    auto Done = go::makeChan<go::Unit>();
    go::spawn([&Stoppers, Done] {
      for (Stopper &S : Stoppers)
        S.quiesce();
      for (Stopper &S : Stoppers)
        S.stop();
      Done.close();
    });
    Done.recv();
  });
}
