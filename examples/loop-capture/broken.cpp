// loop-capture, broken: three workers share the variable that main counts by.
// Teaches: a reference to a loop variable sees what the loop does to it next.
// Static: loop-capture
// Run: data-race
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    int Id;
    for (Id = 1; Id <= 3; ++Id)
      Wg.go([&] { std::printf("worker %d\n", Id); });
    Wg.wait();
  });
}
