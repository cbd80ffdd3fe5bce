// moby_27037, mended: Each goroutine gets its number by value. (GoBench, CGO
// 2021: a bug of Docker.)
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    int I;
    for (I = 17; I <= 21; ++I) {
      Wg.add(1);
      go::spawn([&Wg, I] {
        char Text[16];
        std::snprintf(Text, sizeof Text, "v1.%d", I);
        Wg.done();
      });
    }
    Wg.wait();
  });
}
