// moby_17176, broken: An early return keeps the lock; a later goroutine waits
// for it for ever. (GoBench, CGO 2021: a bug of Docker.)
// Static: lock-leak
// Run: leak
#include <go/go.h>

#include <memory>
#include <mutex>

using namespace std::chrono_literals;

struct DeviceSet {
  go::Mutex M;
  int Deleted = 0; // guarded by M

  bool cleanup() {
    M.lock(); // defect
    if (Deleted == 0)
      return true; // defect
    M.unlock();
    return false;
  }
};

int main() {
  return go::main([] {
    auto Devices = std::make_shared<DeviceSet>();
    Devices->cleanup();
    auto Done = go::makeChan<go::Unit>();
    go::spawn([=] {
      {
        std::lock_guard Lock(Devices->M); // defect
      }
      Done.send({}); // defect too
    });
    go::select(go::after(1ms), go::recv(Done));
  });
}
