// etcd_4876, broken: A test writes a global interval that the watch loop of its
// server reads. (GoBench, CGO 2021: a bug of etcd.)
// Static: race-local
// Run: data-race
#include <go/go.h>

using namespace std::chrono_literals;

go::Duration ProgressInterval = 10s;

struct Server {
  go::Chan<go::Unit> Closing{0};

  void watch() {
    go::spawn([Closing = Closing] {
      go::Ticker Progress(ProgressInterval); // defect
      go::select(go::recv(Progress.C), go::recv(Closing));
    });
  }
};

int main() {
  return go::main([] {
    Server S;
    go::WaitGroup Wg;
    Wg.go([&] {
      Wg.go([] { ProgressInterval = 3s; }); // defect
      Wg.go([&] { S.watch(); });
    });
    Wg.wait();
    S.Closing.close();
  });
}
