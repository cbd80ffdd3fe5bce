// Loops with a way out that is never taken.
#include <go/go.h>

#include <atomic>

void work();

// Nobody ever sets the flag.
std::atomic<bool> Stop = false;
void flag() {
  go::spawn([] { // missed: go-unstoppable
    while (!Stop)
      work();
  });
}
