// moby_30408, broken: The wait for a manifest goes on although an error says
// that none will come. (GoBench, CGO 2021: a bug of Docker.)
// Static: cv-no-notify
// Run: deadlock
#include <condition_variable>
#include <mutex>
#include <thread>

struct Manifest {
  int Version = 0;
};

struct Plugin {
  std::mutex M;
  std::condition_variable Activated;
  Manifest *Loaded = nullptr; // guarded by M
  bool Failed = false;        // guarded by M

  bool waitActive() {
    std::unique_lock Lock(M);
    while (!Loaded)
      Activated.wait(Lock); // defect
    return !Failed;
  }
};

int main() {
  Plugin P;
  P.Failed = true;
  std::thread Waiter([&] { P.waitActive(); });
  Waiter.join();
}
