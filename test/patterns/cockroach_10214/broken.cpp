// cockroach_10214, broken: The store calls its replicas under its lock, a
// replica the store under its own. (GoBench, CGO 2021: a bug of CockroachDB.)
// Static: lock-order
// Run: sometimes leak
#include <go/go.h>

#include <map>
#include <memory>
#include <mutex>
#include <vector>

struct Store;

struct Replica {
  go::Mutex Raft;
  go::Mutex State;
  Store *Owner = nullptr;
  int Unreachable = 0; // guarded by Raft

  void reportUnreachable() {
    std::lock_guard Lock(Raft); // defect
    ++Unreachable;
  }
  void tick() {
    std::lock_guard Lock(Raft);
    tickLocked();
  }
  void tickLocked() {
    std::lock_guard Lock(State);
    for (int I = 0; I < 2 && !maybeQuiesce(); ++I)
      ;
  }
  bool maybeQuiesce();
};

struct Store {
  go::Mutex Coalesced;
  std::vector<int> Responses; // guarded by Coalesced
  std::map<int, Replica> Replicas;

  void sendQueued() {
    std::lock_guard Lock(Coalesced);
    for (int Response : Responses) {
      for (auto &[Id, R] : Replicas)
        R.reportUnreachable();
      static_cast<void>(Response);
    }
  }
  bool coalesce(int Kind) {
    switch (Kind % 3) {
    case 0:
    case 1:
    default:
      std::lock_guard Lock(Coalesced); // defect
      return true;
    }
  }
};

bool Replica::maybeQuiesce() {
  return Owner->coalesce(static_cast<int>(reinterpret_cast<size_t>(this) >> 4));
}

int main() {
  return go::main([] {
    auto S = std::make_shared<Store>();
    S->Responses = {1, 2};
    for (int I = 0; I < 2; ++I)
      S->Replicas[I].Owner = S.get();
    go::spawn([=] { S->sendQueued(); });
    go::spawn([=] { S->Replicas.at(0).tick(); });
  });
}
