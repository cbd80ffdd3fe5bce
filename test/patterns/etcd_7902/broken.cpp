// etcd_7902, broken: A follower waits for its leader with the lock that the
// leader needs. (GoBench, CGO 2021: a bug of etcd.)
// Static: lock-wait-cycle
// Run: sometimes leak
#include <go/go.h>

#include <memory>
#include <mutex>
#include <vector>

struct Election {
  go::Mutex M;
  go::Chan<go::Unit> Next{0}; // guarded by M
  int Progress = 0;           // guarded by M
};

struct Client {
  std::shared_ptr<Election> Shared;
  int Id;
  go::Chan<go::Unit> Mine{0};

  void validate() { Mine = Shared->Next; }
  void release() {
    if (Id == 0) {
      Shared->Next.close();
      Shared->Next = go::makeChan<go::Unit>();
    }
    Mine.recv(); // defect
  }
  void run() {
    for (int Round = 0; Round < 100; ++Round) {
      {
        std::lock_guard Lock(Shared->M);
        validate();
        ++Shared->Progress;
      }
      std::lock_guard Lock(Shared->M); // defect
      release();
    }
    std::lock_guard Lock(Shared->M);
    if (Id == 0)
      Shared->Next.close(); // for those who come later
  }
};

int main() {
  return go::main([] {
    go::spawn([] {
      auto Shared = std::make_shared<Election>();
      go::WaitGroup Wg;
      for (int Id = 0; Id < 3; ++Id)
        Wg.go([=] { Client{Shared, Id}.run(); });
      Wg.wait();
    });
  });
}
