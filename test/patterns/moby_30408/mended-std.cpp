// moby_30408, mended: The wait ends at an error too. (GoBench, CGO 2021: a bug
// of Docker.)
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
    while (!Loaded && !Failed)
      Activated.wait(Lock);
    return !Failed;
  }
};

int main() {
  Plugin P;
  P.Failed = true;
  std::thread Waiter([&] { P.waitActive(); });
  Waiter.join();
}
