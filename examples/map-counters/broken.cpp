// map-counters, broken: five goroutines count hits in one map without a lock.
// Teaches: reading and writing a map need the same lock, in every goroutine.
// Static: map-unguarded
// Run: data-race
#include <go/go.h>

#include <cstdio>
#include <map>
#include <string>

std::map<std::string, int> Hits{{"home", 0}, {"about", 0}};

void visit(const char *Page) {
  for (int I = 0; I < 100; ++I)
    Hits[Page] += 1;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int I = 0; I < 5; ++I)
      Wg.go([I] { visit(I % 2 ? "home" : "about"); });
    Wg.wait();
    std::printf("home %d, about %d\n", Hits["home"], Hits["about"]);
  });
}
