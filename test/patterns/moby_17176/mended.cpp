// moby_17176, mended: Unlocked before the early return. (GoBench, CGO 2021: a
// bug of Docker.)
#include <go/go.h>

#include <memory>
#include <mutex>

using namespace std::chrono_literals;

struct DeviceSet {
  go::Mutex M;
  int Deleted = 0; // guarded by M

  bool cleanup() {
    M.lock();
    if (Deleted == 0) {
      M.unlock();
      return true;
    }
    M.unlock();
    return false;
  }
};

int main() {
  return go::main([] {
    auto Devices = std::make_shared<DeviceSet>();
    Devices->cleanup();
    auto Done = go::makeChan<go::Unit>(1);
    go::spawn([=] {
      {
        std::lock_guard Lock(Devices->M);
      }
      Done.send({});
    });
    go::select(go::after(1ms), go::recv(Done));
  });
}
