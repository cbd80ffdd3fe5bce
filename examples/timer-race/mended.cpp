// timer-race, mended: who comes too late to stop the function waits for it.
// Teaches: stop prevents a function from starting; it does not wait for it.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

const char *Status = "at work";

int main() {
  return go::main([] {
    auto Ran = go::makeChan<bool>(1);
    auto Late = go::afterFunc(5ms, [=] {
      Status = "out of time";
      Ran.send(true);
    });
    go::sleep(5ms); // the work
    if (!Late.stop())
      Ran.recv();
    Status = "done";
    std::puts(Status);
  });
}
