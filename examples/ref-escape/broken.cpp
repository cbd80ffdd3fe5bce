// ref-escape, broken: log returns while its goroutine reads its number
// by reference.
// Teaches: a goroutine that outlives its starter needs values of its own.
// Static: ref-escape
// Run: data-race
#include <go/go.h>

#include <cstdio>

void log(go::WaitGroup &Logged, int Request) {
  int Number = 1000 + Request;
  Logged.add(1);
  go::spawn([&] {
    std::printf("request %d\n", Number); // log may have returned
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
