// main does not wait for what it has started.
#include <go/go.h>

#include <cstdio>

void save(int Value);

int Lines[2];

int main() {
  return go::main([] {
    for (int Printer = 0; Printer < 2; ++Printer)
      go::spawn([=] { // bug: go-not-awaited
        std::printf("hello from printer %d\n", Printer);
        Lines[Printer] += 1;
      });
    std::printf("%d lines\n", Lines[0] + Lines[1]);
  });
}
