// Tasks that serve as long as main runs.
#include <go/go.h>

#include <atomic>
#include <chrono>
#include <cstdio>

using namespace std::chrono_literals;

void serve();
void log(int Value);
go::Chan<int> lines();

std::atomic<bool> Stop = false;

int main() {
  return go::main([] {
    auto Lines = lines();
    // A logger, a ticker, a poller.
    go::spawn([=] {
      for (;;)
        log(Lines.recv());
    });
    go::spawn([] {
      for (;;) {
        go::sleep(1s);
        std::puts("still here");
      }
    });
    go::spawn([] {
      while (!Stop)
        std::puts("busy");
    });
    // What ends by itself, but not before the server does.
    go::spawn([] { log(1); });
    serve();
    Stop = true;
  });
}
