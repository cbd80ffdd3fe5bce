// hugo_3251, broken: An entry's lock is taken under the table's, and needs the
// table's to be released. (GoBench, CGO 2021: a bug of Hugo.)
// Static: lock-order
// Run: sometimes deadlock
#include <go/go.h>

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

using namespace std::chrono_literals;

struct LockTable {
  go::RWMutex L;
  std::map<std::string, std::unique_ptr<go::Mutex>> Locks; // guarded by L

  void lockUrl(const std::string &Url) {
    std::lock_guard Lock(L); // defect
    auto &Entry = Locks[Url];
    if (!Entry)
      Entry = std::make_unique<go::Mutex>();
    Entry->lock(); // defect
  }
  void unlockUrl(const std::string &Url) {
    std::shared_lock Lock(L); // defect
    Locks.at(Url)->unlock();
  }
};

int main() {
  return go::main([] {
    LockTable Table;
    for (int Round = 0; Round < 2; ++Round) {
      go::WaitGroup Wg;
      for (int I = 0; I < 50; ++I) {
        Wg.go([&] {
          for (int K = 0; K < 10; ++K) {
            Table.lockUrl("example.org");
            Table.unlockUrl("example.org");
            go::sleep(300ns);
          }
        });
      }
      Wg.wait();
    }
  });
}
