// memo-cache, mended: it lets the lock go and waits until the value is ready.
// Teaches: an entry that is in the map need not be complete; wait for it.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <string>

struct Entry {
  go::Chan<bool> Ready = go::makeChan<bool>(); // closed once Value is there
  int Value = 0;
};
go::Mutex Guard;
std::map<std::string, std::shared_ptr<Entry>> Cache; // guarded by Guard

int get(const std::string &Key) {
  std::unique_lock Lock(Guard);
  if (std::shared_ptr<Entry> Known = Cache[Key]) {
    Lock.unlock();
    Known->Ready.recv();
    return Known->Value;
  }
  auto Mine = Cache[Key] = std::make_shared<Entry>();
  Lock.unlock();
  Mine->Value = static_cast<int>(Key.size()); // takes long
  Mine->Ready.close();
  return Mine->Value;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int I = 0; I < 2; ++I)
      Wg.go([] { get("go.dev"); });
    Wg.wait();
    std::printf("%d\n", get("go.dev"));
  });
}
