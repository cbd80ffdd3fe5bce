// main does not return, or is no program's main.
#include <go/go.h>

#include <cstdio>
#include <cstdlib>

void save(int Value);

struct Tool {
  void main() {
    go::spawn([] { save(1); });
  }
};

void start() {
  go::spawn([] { save(2); });
}

int main() {
  return go::main([] {
    go::spawn([] { save(3); });
    for (;;)
      std::puts("serving");
  });
}
