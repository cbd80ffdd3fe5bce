// hugo_3251, mended: The entry's lock is taken after the table's has been
// released. (GoBench, CGO 2021: a bug of Hugo.)
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
    go::Mutex *Found;
    {
      std::lock_guard Lock(L);
      auto &Entry = Locks[Url];
      if (!Entry)
        Entry = std::make_unique<go::Mutex>();
      Found = Entry.get();
    }
    Found->lock();
  }
  void unlockUrl(const std::string &Url) {
    std::shared_lock Lock(L);
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
