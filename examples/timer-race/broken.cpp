// timer-race, broken: main reads what the late function may still be writing.
// Teaches: stop prevents a function from starting; it does not wait for it.
// Static: -
// Run: data-race on 'Status'
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

const char *Status = "at work";

int main() {
  return go::main([] {
    auto Late = go::afterFunc(5ms, [] { Status = "out of time"; });
    go::sleep(5ms); // the work
    if (!Late.stop())
      std::puts("too late to stop it");
    Status = "done"; // the function may be at it
    std::puts(Status);
    go::sleep(5ms); // goes on with its work
  });
}
