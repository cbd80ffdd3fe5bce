// once-singleton, mended: Once orders the making before every use.
// Teaches: double-checked initialisation needs an atomic; Once does it right.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

struct Config {
  int Port = 8080;
};
Config *Instance;
go::Once Made;

Config &config() {
  Made.call([] { Instance = new Config; });
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
