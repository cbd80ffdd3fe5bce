// cockroach_1055, mended: Tasks are finished, and waiting for them releases the
// lock. (GoBench, CGO 2021: a bug of CockroachDB.)
#include <go/go.h>

#include <mutex>

struct Stopper {
  go::Chan<go::Unit> Stopping{0};
  go::WaitGroup Workers;
  go::Mutex M;
  bool Draining = false; // guarded by M, as the tasks
  int Tasks = 0;
  go::Cond Finished{M};

  bool startTask() {
    std::lock_guard Lock(M);
    if (Draining)
      return false;
    ++Tasks;
    return true;
  }
  void finishTask() {
    std::lock_guard Lock(M);
    --Tasks;
    Finished.broadcast();
  }
  void quiesce() {
    std::lock_guard Lock(M);
    Draining = true;
    Finished.wait([this] { return Tasks == 0; });
    Draining = false;
  }
  void stop() {
    {
      std::lock_guard Lock(M);
      Draining = true;
      Finished.wait([this] { return Tasks == 0; });
    }
    Stopping.close();
    Workers.wait();
  }
};

int main() {
  return go::main([] {
    Stopper Stoppers[3];
    for (Stopper &S : Stoppers) {
      S.Workers.add(1);
      go::spawn([&S] {
        if (S.startTask())
          S.finishTask();
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
