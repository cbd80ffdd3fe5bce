// Timers that nobody stops.
#include <go/go.h>

#include <chrono>

using namespace std::chrono_literals;
void work(int);

void watch(go::RecvChan<int> Stop) {
  auto Tick = go::tick(1s); // bug: timer-leak
  for (;;)
    switch (go::select(go::recv(Tick), go::recv(Stop))) {
    case 0:
      work(1);
      break;
    default:
      return;
    }
}

void timeouts(go::RecvChan<int> In) {
  int V = 0;
  for (;;)
    switch (go::select(go::recv(In, V), go::after(1min))) { // bug: timer-leak
    case 0:
      work(V);
      break;
    default:
      return;
    }
}
