// main sleeps, and hopes.
#include <go/go.h>

#include <chrono>
#include <cstdio>

using namespace std::chrono_literals;

void store(int Value) {
  std::printf("%d\n", Value);
  std::printf("%d\n", Value + 1);
}

void startAll() {
  for (int I = 0; I < 3; ++I)
    go::spawn([=] { store(I); });
}

int main() {
  return go::main([] {
    startAll();
    go::sleep(100ms); // bug: go-not-awaited
  });
}
