// moby_21233, broken: The consumer of progress leaves at an error while the
// transfers still send. (GoBench, CGO 2021: a bug of Docker.)
// Static: gap
// Run: deadlock
#include <go/go.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <random>
#include <vector>

struct Watcher {
  go::Chan<go::Unit> Signal{0};
  go::Chan<go::Unit> Release{0};
  go::Chan<go::Unit> Running{0};
};

struct Transfer {
  go::Mutex M;
  int Id = 0;
  int Rounds = 0; // guarded by M

  // A bit of a sequence that starts at the transfer's number.
  bool hasNews() {
    std::lock_guard Lock(M);
    std::minstd_rand Draw(static_cast<unsigned>(++Rounds + Id));
    return Draw() >> 4 & 1;
  }
  std::shared_ptr<Watcher> watch(go::SendChan<int> Progress) {
    auto W = std::make_shared<Watcher>();
    go::spawn([=] {
      bool Done = false;
      for (;;) {
        if (hasNews())
          Progress.send(Id); // defect
        if (Done)
          break;
        if (go::select(go::recv(W->Signal), go::recv(W->Release)) == 1)
          Done = true;
      }
      W->Running.close();
    });
    return W;
  }
};

// The argument is whether the consumer fails: 1, or 0.
int main(int Argc, char **Argv) {
  bool Fails = Argc > 1 ? std::atoi(Argv[1]) != 0 : true;
  return go::main([=] {
    auto Progress = go::makeChan<int>();
    auto Consumed = go::makeChan<go::Unit>();
    go::spawn([=] {
      for (int Id : Progress) {
        static_cast<void>(Id);
        if (Fails)
          return;
      }
      Consumed.close();
    });
    Transfer All[3];
    std::vector<std::shared_ptr<Watcher>> Watchers;
    for (Transfer &T : All) {
      T.Id = static_cast<int>(&T - All) + 1;
      Watchers.push_back(T.watch(Progress));
    }
    for (auto &W : Watchers) {
      W->Release.close();
      W->Running.recv(); // defect
    }
    Progress.close();
    Consumed.recv(); // defect
  });
}
