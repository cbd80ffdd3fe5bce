// cockroach_9935, broken: The error path calls a handler that takes the lock
// which its caller holds. (GoBench, CGO 2021: a bug of CockroachDB.)
// Static: lock-double
// Run: deadlock
#include <go/go.h>

#include <cstdlib>
#include <memory>
#include <mutex>

struct Logger {
  go::Mutex M;
  int Exits = 0;   // guarded by M
  int Written = 0; // guarded by M

  // Fails for three of four draws.
  bool createFile(int Draw) { return Draw % 4 == 0; }

  void onExit() {
    std::lock_guard Lock(M); // defect
    ++Exits;
  }
  void output(int Draw) {
    M.lock();
    if (!createFile(Draw)) {
      onExit(); // defect
    }
    ++Written;
    M.unlock();
  }
};

// The argument is the draw: 0 writes, 1 fails.
int main(int Argc, char **Argv) {
  int Draw = Argc > 1 ? std::atoi(Argv[1]) : 1;
  return go::main([Draw] {
    auto Log = std::make_shared<Logger>();
    go::spawn([=] { Log->output(Draw); });
  });
}
