// etcd_7492, mended: The keeper guards its tokens by a lock of its own and
// calls nobody under it. (GoBench, CGO 2021: a bug of etcd.)
#include <go/go.h>

#include <functional>
#include <mutex>
#include <set>

using namespace std::chrono_literals;

struct Keeper {
  go::Chan<int> Add{1};
  go::Chan<go::Chan<go::Unit>> StopRequests{0};
  std::function<void(int)> Delete;
  go::Mutex Own;
  std::set<int> Tokens; // guarded by Own

  void add(int Token) {
    std::lock_guard Lock(Own);
    Tokens.insert(Token);
  }
  void expire() {
    std::set<int> Old;
    {
      std::lock_guard Lock(Own);
      Old.swap(Tokens);
    }
    for (int Token : Old)
      Delete(Token);
  }
  void run() {
    go::Ticker Tick(1ns);
    for (;;) {
      go::Chan<go::Unit> Reply;
      if (go::select(go::recv(Tick.C), go::recv(StopRequests, Reply)) == 1) {
        Reply.send({});
        return;
      }
      expire();
    }
  }
};

struct Provider {
  go::Mutex M;
  int Deleted = 0; // guarded by M
  Keeper Simple;

  Provider() {
    Simple.Delete = [this](int) {
      std::lock_guard Lock(M);
      ++Deleted;
    };
    go::spawn([this] { Simple.run(); });
  }
  void assign(int Token) {
    std::lock_guard Lock(M);
    Simple.add(Token);
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
