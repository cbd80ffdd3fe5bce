// ticker-leak, mended: the tick is a Ticker, the heartbeat ends with a context.
// Teaches: whoever starts a timer keeps what stops it.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

// Works until there are no more jobs, and tells how far it is.
void work(go::RecvChan<int> Jobs) {
  go::Ticker Tick(1s); // stopped at the end of the scope
  int Job = 0, Done = 0;
  bool Ok = true;
  while (Ok)
    switch (go::select(go::recv(Jobs, Job, Ok), go::recv(Tick.C))) {
    case 0:
      Done += Ok;
      go::sleep(300ms);
      break;
    default:
      std::printf("%d done\n", Done);
    }
}

void beat(go::Context Ctx) {
  go::Ticker Tick(1s);
  do
    std::puts("alive");
  while (go::select(go::recv(Tick.C), go::recv(Ctx.done())) == 0);
}

int main() {
  return go::main([] {
    auto Ctx = go::withCancel(go::background());
    go::WaitGroup Wg;
    Wg.go([C = go::Context(Ctx)] { beat(C); });
    auto Jobs = go::makeChan<int>(10);
    for (int Job = 0; Job < 10; ++Job)
      Jobs.send(Job);
    Jobs.close();
    work(Jobs);
    Ctx.cancel();
    Wg.wait();
  });
}
