// etcd_7492, broken: Tokens are handed over under the lock that their keeper
// takes to delete old ones. (GoBench, CGO 2021: a bug of etcd.)
// Static: lock-wait-cycle
// Run: sometimes deadlock
#include <go/go.h>

#include <functional>
#include <mutex>
#include <set>

using namespace std::chrono_literals;

struct Keeper {
  go::Chan<int> Add{1};
  go::Chan<go::Chan<go::Unit>> StopRequests{0};
  std::function<void(int)> Delete;
  std::set<int> Tokens;

  void run() {
    go::Ticker Tick(1ns);
    for (;;) {
      int Token;
      go::Chan<go::Unit> Reply;
      switch (go::select(go::recv(Add, Token), go::recv(Tick.C),
                         go::recv(StopRequests, Reply))) {
      case 0:
        Tokens.insert(Token);
        break;
      case 1:
        for (int Old : Tokens)
          Delete(Old);
        Tokens.clear();
        break;
      case 2:
        Reply.send({});
        return;
      }
    }
  }
};

struct Provider {
  go::Mutex M;
  int Deleted = 0; // guarded by M
  Keeper Simple;

  Provider() {
    Simple.Delete = [this](int) {
      std::lock_guard Lock(M); // defect
      ++Deleted;
    };
    go::spawn([this] { Simple.run(); });
  }
  void assign(int Token) {
    std::lock_guard Lock(M);
    Simple.Add.send(Token); // defect
  }
};

int main() {
  return go::main([] {
    Provider Auth;
    go::WaitGroup Wg;
    for (int I = 0; I < 3; ++I)
      Wg.go([&, I] { Auth.assign(I); });
    Wg.wait();
    auto Reply = go::makeChan<go::Unit>();
    Auth.Simple.StopRequests.send(Reply);
    Reply.recv();
    std::lock_guard Lock(Auth.M);
  });
}
