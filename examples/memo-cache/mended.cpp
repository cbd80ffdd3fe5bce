// memo-cache, mended: who did not make the entry waits until it is ready.
// Teaches: an entry that is in the map need not be complete; wait for it.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <map>
#include <mutex>
#include <string>

struct Entry {
  go::Chan<bool> Ready = go::makeChan<bool>(); // closed once Value is there
  int Value = 0;
};
go::Mutex Guard;
std::map<std::string, Entry> Cache; // guarded by Guard; entries stay

int get(const std::string &Key) {
  std::unique_lock Lock(Guard);
  auto [Found, IsNew] = Cache.try_emplace(Key);
  Entry &E = Found->second;
  Lock.unlock();
  if (IsNew) {
    E.Value = static_cast<int>(Key.size()); // takes long
    E.Ready.close();
  }
  E.Ready.recv();
  return E.Value;
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
