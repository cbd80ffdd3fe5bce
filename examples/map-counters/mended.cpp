// map-counters, mended: writers hold the lock, readers share it.
// Teaches: reading and writing a map need the same lock, in every goroutine.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>

std::map<std::string, int> Hits{{"home", 0}, {"about", 0}};
go::RWMutex Guard; // of Hits

void visit(const char *Page) {
  for (int I = 0; I < 100; ++I) {
    std::lock_guard Lock(Guard);
    Hits[Page] += 1;
  }
}

int hitsOf(const char *Page) {
  std::shared_lock Lock(Guard);
  auto Found = Hits.find(Page);
  return Found == Hits.end() ? 0 : Found->second;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int I = 0; I < 5; ++I)
      Wg.go([I] { visit(I % 2 ? "home" : "about"); });
    Wg.wait();
    std::printf("home %d, about %d\n", hitsOf("home"), hitsOf("about"));
  });
}
