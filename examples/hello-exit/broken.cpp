// hello-exit, broken: main returns without waiting for its two printers.
// Teaches: main does not wait for the goroutines that it has started.
// Static: go-not-awaited
// Run: data-race on 'Lines'
#include <go/go.h>

#include <cstdio>

int Lines[2]; // printed so far, by each printer

int main() {
  return go::main([] {
    for (int Printer = 0; Printer < 2; ++Printer)
      go::spawn([=] {
        std::printf("hello from printer %d\n", Printer);
        Lines[Printer] += 1;
      });
    std::printf("%d lines\n", Lines[0] + Lines[1]);
  });
}
