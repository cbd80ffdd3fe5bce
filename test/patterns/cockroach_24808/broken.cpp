// cockroach_24808, broken: Start sends a second value into a full buffer before
// it starts the receiver. (GoBench, CGO 2021: a bug of CockroachDB.)
// Static: chan-leak-no-peer
// Run: deadlock
#include <go/go.h>

struct Compactor {
  go::Chan<go::Unit> Suggestions{1};

  void suggest() { Suggestions.send({}); } // defect
  void start(go::RecvChan<go::Unit> Stop, go::WaitGroup &Wg) {
    suggest();
    Wg.go([=] {
      while (go::select(go::recv(Stop), go::recv(Suggestions)) != 0)
        ;
    });
  }
};

int main() {
  return go::main([] {
    auto Stop = go::makeChan<go::Unit>();
    go::WaitGroup Wg;
    Compactor C;
    C.suggest();
    C.start(Stop, Wg);
    Stop.close();
    Wg.wait();
  });
}
