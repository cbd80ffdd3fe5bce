// etcd_4876, mended: The interval is atomic. (GoBench, CGO 2021: a bug of
// etcd.)
#include <go/go.h>

#include <atomic>

using namespace std::chrono_literals;

std::atomic<int64_t> ProgressInterval{go::Duration(10s).count()};

struct Server {
  go::Chan<go::Unit> Closing{0};

  void watch() {
    go::spawn([Closing = Closing] {
      go::Ticker Progress(go::Duration(ProgressInterval.load()));
      go::select(go::recv(Progress.C), go::recv(Closing));
    });
  }
};

int main() {
  return go::main([] {
    Server S;
    go::WaitGroup Wg;
    Wg.go([&] {
      Wg.go([] { ProgressInterval = go::Duration(3s).count(); });
      Wg.go([&] { S.watch(); });
    });
    Wg.wait();
    S.Closing.close();
  });
}
