// ref-escape, mended: the goroutine has a copy of the number.
// Teaches: a goroutine that outlives its starter needs values of its own.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

void log(go::WaitGroup &Logged, int Request) {
  int Number = 1000 + Request;
  Logged.add(1);
  go::spawn([&Logged, Number] {
    std::printf("request %d\n", Number);
    Logged.done();
  });
}

int main() {
  return go::main([] {
    go::WaitGroup Logged;
    for (int Request = 1; Request <= 3; ++Request)
      log(Logged, Request);
    Logged.wait();
  });
}
