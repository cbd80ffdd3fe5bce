// moby_27037, broken: The goroutines read the loop's variable while the loop
// counts it up. (GoBench, CGO 2021: a bug of Docker.)
// Static: loop-capture
// Run: data-race
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    int I;
    for (I = 17; I <= 21; ++I) { // defect
      Wg.add(1);
      go::spawn([&] {
        char Text[16];
        std::snprintf(Text, sizeof Text, "v1.%d", I); // defect
        Wg.done();
      });
    }
    Wg.wait();
  });
}
