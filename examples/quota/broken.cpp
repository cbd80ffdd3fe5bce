// quota, broken: a failed download keeps its slot, until none is left.
// Teaches: a slot that is taken must be given back on every way out.
// Static: -
// Run: deadlock
#include <go/go.h>

#include <cstdio>

go::Chan<bool> Slots(2); // at most two downloads at a time

void download(int Id) {
  Slots.send(true);
  if (Id % 2 == 0)
    return; // not found: the slot is not given back
  std::printf("file %d\n", Id);
  Slots.recv();
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int Id = 1; Id <= 6; ++Id)
      Wg.go([Id] { download(Id); });
    Wg.wait();
  });
}
