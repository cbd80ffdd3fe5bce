// grpc_3017, broken: A timer's callback keeps the lock when it finds itself
// cancelled. (GoBench, CGO 2021: a bug of gRPC.)
// Static: lock-leak
// Run: sometimes deadlock
#include <go/go.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>

using namespace std::chrono_literals;

struct Entry {
  int Conn = 0;
  bool Abort = false;
  std::optional<go::FuncTimer> Timer;
  void cancel() {
    if (!Timer->stop())
      Abort = true;
  }
};

struct Cache {
  go::Mutex M;
  std::map<int, std::shared_ptr<Entry>> Removed; // by address
  std::map<int, int> Addresses;                  // of connections
  int Last = 0;

  void remove(int Conn) {
    std::lock_guard Lock(M);
    auto Known = Addresses.find(Conn);
    if (Known == Addresses.end() || Removed.count(Known->second))
      return;
    int Addr = Known->second;
    auto E = std::make_shared<Entry>();
    E->Conn = Conn;
    Removed[Addr] = E;
    E->Timer = go::afterFunc(1ns, [this, E, Addr] {
      M.lock(); // defect
      if (E->Abort)
        return; // defect
      Addresses.erase(E->Conn);
      Removed.erase(Addr);
      M.unlock();
    });
  }

  int make(int Addr) {
    std::lock_guard Lock(M); // defect
    if (auto Known = Removed.find(Addr); Known != Removed.end()) {
      Known->second->cancel();
      int Conn = Known->second->Conn;
      Removed.erase(Known);
      return Conn;
    }
    Addresses[++Last] = Addr;
    return Last;
  }
};

Cache Conns;

int main() {
  return go::main([] {
    auto Done = go::makeChan<go::Unit>();
    go::spawn([=] {
      int Conn = Conns.make(1);
      for (int I = 0; I < 1000; ++I) {
        Conns.remove(Conn);
        Conn = Conns.make(1);
      }
      Done.close();
    });
    Done.recv();
  });
}
