// ticker-leak, broken: a tick without a way to stop it, and a heartbeat that
// starts itself anew for ever.
// Teaches: whoever starts a timer keeps what stops it.
// Static: timer-leak
// Run: leak
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

// Works until there are no more jobs, and tells how far it is.
void work(go::RecvChan<int> Jobs) {
  auto Tick = go::tick(1s);
  int Job = 0, Done = 0;
  bool Ok = true;
  while (Ok)
    switch (go::select(go::recv(Jobs, Job, Ok), go::recv(Tick))) {
    case 0:
      Done += Ok;
      go::sleep(300ms);
      break;
    default:
      std::printf("%d done\n", Done);
    }
}

void beat() {
  std::puts("alive");
  go::afterFunc(1s, beat); // for as long as the program runs
}

int main() {
  return go::main([] {
    beat();
    auto Jobs = go::makeChan<int>(10);
    for (int Job = 0; Job < 10; ++Job)
      Jobs.send(Job);
    Jobs.close();
    work(Jobs);
  });
}
