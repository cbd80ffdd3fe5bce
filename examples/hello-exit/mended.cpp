// hello-exit, mended: main waits for both printers.
// Teaches: main does not wait for the goroutines that it has started.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

void print(const char *Who) {
  for (int Line = 1; Line <= 3; ++Line) {
    std::printf("%s printer, line %d\n", Who, Line);
    go::sleep(20ms); // a slow printer
  }
}

int main() {
  return go::main([] {
    go::WaitGroup Printers;
    for (const char *Who : {"first", "second"})
      Printers.go([=] { print(Who); });
    Printers.wait();
  });
}
