// kubernetes_70277, broken: The waiter hands its caller's stop channel to a
// poller that waits for its own. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: chan-leak-no-peer
// Run: deadlock
#include <go/go.h>

#include <functional>

using namespace std::chrono_literals;

using Unit = go::Unit;
using WaitFn = std::function<go::RecvChan<Unit>(go::RecvChan<Unit> Done)>;

WaitFn poller(go::Duration Interval, go::Duration Timeout) {
  return [=](go::RecvChan<Unit> Done) {
    auto Ticks = go::makeChan<Unit>();
    go::spawn([=] {
      go::Ticker Tick(Interval);
      go::RecvChan<go::Time> After;
      if (Timeout > 0ns)
        After = go::after(Timeout);
      while (go::select(go::recv(Tick.C), After, go::recv(Done)) == 0)
        Ticks.trySend({});
      Ticks.close();
    });
    return go::RecvChan<Unit>(Ticks);
  };
}

bool waitFor(const WaitFn &Wait, const std::function<bool()> &Ready,
             go::RecvChan<Unit> Done) {
  auto Ticks = Wait(Done);
  for (;;) {
    auto [Tick, Open] = Ticks.recvOk();
    if (Ready())
      return true;
    if (!Open)
      return false;
  }
}

int main() {
  return go::main([] {
    auto Stop = go::makeChan<Unit>();
    go::RecvChan<Unit> Saved;
    waitFor(
        [&](go::RecvChan<Unit> Done) {
          Saved = Done;
          return poller(1ms, 20ms)(Done);
        },
        [] { return true; }, Stop);
    Saved.recv(); // defect
    Stop.close();
  });
}
