// hello-exit, mended: main waits for both printers.
// Teaches: main does not wait for the goroutines that it has started.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

int Lines[2]; // printed so far, by each printer

int main() {
  return go::main([] {
    go::WaitGroup Printers;
    for (int Printer = 0; Printer < 2; ++Printer)
      Printers.go([=] {
        std::printf("hello from printer %d\n", Printer);
        Lines[Printer] += 1;
      });
    Printers.wait();
    std::printf("%d lines\n", Lines[0] + Lines[1]);
  });
}
