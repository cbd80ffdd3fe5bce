// sleep-wait, broken: main sleeps instead of waiting for the result.
// Teaches: sleeping is not waiting; it orders nothing.
// Static: race-local, sleep-as-sync
// Run: data-race on 'Answer'
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

int Answer;

int main() {
  return go::main([] {
    go::spawn([] { Answer = 42; });
    go::sleep(10ms);
    std::printf("%d\n", Answer);
  });
}
