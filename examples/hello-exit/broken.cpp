// hello-exit, broken: main returns while two printers still have lines.
// Teaches: main does not wait for the goroutines that it has started.
// Static: -
// Run: leak
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
    for (const char *Who : {"first", "second"})
      go::spawn([=] { print(Who); });
    go::sleep(30ms);
  });
}
