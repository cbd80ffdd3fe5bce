// once-singleton, broken: the first check reads a plain pointer, unlocked.
// Teaches: double-checked initialisation needs an atomic; Once does it right.
// Static: race-double-checked, race-local
// Run: data-race on 'Instance'
#include <go/go.h>

#include <cstdio>
#include <mutex>

struct Config {
  int Port = 8080;
};
Config *Instance;
go::Mutex Guard;

Config &config() {
  if (!Instance) { // without the lock
    std::lock_guard Lock(Guard);
    if (!Instance)
      Instance = new Config;
  }
  return *Instance;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int I = 0; I < 2; ++I)
      Wg.go([] { std::printf("port %d\n", config().Port); });
    Wg.wait();
  });
}
