// etcd_7443, broken: Notices go into a bounded channel under the lock that its
// only reader needs. (GoBench, CGO 2021: a bug of etcd.)
// Static: lock-wait-cycle
// Run: sometimes deadlock, leak, misuse
#include <go/go.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

using List = std::vector<int>;

struct Balancer : std::enable_shared_from_this<Balancer> {
  go::RWMutex Lb;
  go::Chan<List> Notify{1};
  int Pinned = 0; // guarded by Lb; 0 is none, and an address
  bool Closed = false;

  void start() { Notify.send({0, 1, 2}); }
  void announce(const List &Now) { Notify.send(Now); } // defect
  std::function<void()> up(int Addr) {
    std::lock_guard Lock(Lb);
    if (Closed)
      return [] {};
    if (Pinned == 0) {
      Pinned = Addr;
      announce({Addr});
    }
    return [Self = shared_from_this(), Addr] { Self->down(Addr); };
  }
  void down(int Addr) try {
    std::lock_guard Lock(Lb); // defect
    if (Pinned == Addr) {
      Pinned = 0;
      announce({0, 1, 2});
    }
  } catch (const go::Panic &) {
  }
  void close() {
    std::lock_guard Lock(Lb);
    if (Closed)
      return;
    Closed = true;
    Notify.close();
    Pinned = 0;
  }
};

struct Conn {
  go::Mutex Ln;
  std::function<void()> Down; // guarded by Ln
  void tearDown() {
    std::lock_guard Lock(Ln); // defect
    if (Down)
      Down();
  }
};

struct ClientConn {
  go::RWMutex Lc;
  std::map<int, std::shared_ptr<Conn>> Conns; // guarded by Lc, as Open
  bool Open = true;
  std::shared_ptr<Balancer> B;

  void connect(int Addr) {
    auto C = std::make_shared<Conn>();
    {
      std::lock_guard Lock(Lc);
      if (!Open)
        return;
      Conns[Addr] = C;
    }
    go::spawn([C, Addr, B = B] {
      std::lock_guard Lock(C->Ln);
      C->Down = B->up(Addr);
    });
  }
  void apply(const List &Addrs) {
    std::map<int, std::shared_ptr<Conn>> Gone;
    List New;
    {
      std::lock_guard Lock(Lc);
      Gone = Conns;
      for (int Addr : Addrs)
        if (!Gone.erase(Addr))
          New.push_back(Addr);
      for (auto &[Addr, C] : Gone)
        Conns.erase(Addr);
    }
    for (int Addr : New)
      connect(Addr);
    for (auto &[Addr, C] : Gone)
      C->tearDown();
  }
  void close() {
    std::map<int, std::shared_ptr<Conn>> All;
    {
      std::lock_guard Lock(Lc);
      All.swap(Conns);
      Open = false;
    }
    B->close();
    for (auto &[Addr, C] : All)
      C->tearDown();
  }
};

int main() {
  return go::main([] {
    auto B = std::make_shared<Balancer>();
    auto Cc = std::make_shared<ClientConn>();
    auto Closed = go::makeChan<go::Unit>();
    B->start();
    Cc->B = B;
    go::spawn([=] {
      for (const List &Addrs : B->Notify)
        Cc->apply(Addrs);
    });
    go::spawn([=] {
      B->close();
      Closed.close();
    });
    go::spawn([=] { Cc->close(); });
    Closed.recv();
  });
}
