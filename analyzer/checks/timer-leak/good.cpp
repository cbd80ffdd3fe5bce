// Timers that end.
#include <go/go.h>

#include <chrono>

using namespace std::chrono_literals;
void work(int);

// The ticker stops with its scope.
void watch(go::RecvChan<int> Stop) {
  go::Ticker Tick(1s);
  for (;;)
    switch (go::select(go::recv(Tick.C), go::recv(Stop))) {
    case 0:
      work(1);
      break;
    default:
      return;
    }
}

// For as long as the program runs.
void forever() {
  auto Tick = go::tick(1s);
  for (;;) {
    Tick.recv();
    work(1);
  }
}

void once(go::RecvChan<int> In) {
  int V = 0;
  if (go::select(go::recv(In, V), go::after(1s)) == 0)
    work(V);
}

// The time is over before the next round.
void pauses() {
  for (;;) {
    go::select(go::after(1s));
    work(1);
  }
}

// Too short to pile up.
void often(go::RecvChan<int> In) {
  for (;;)
    if (go::select(go::recv(In), go::after(5ms)) == 0)
      return;
}

go::RecvChan<go::Time> given() { return go::tick(1s); }

int main() {
  auto Tick = go::tick(1s);
  Tick.recv();
}
