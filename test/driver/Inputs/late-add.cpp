// The goroutine counts itself, so wait() may pass before it has begun.
#include <go/go.h>

void fetchAll() {
  go::WaitGroup wg;
  go::spawn([&] {
    wg.add(1);
    wg.done();
  });
  wg.wait();
}
