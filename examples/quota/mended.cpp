// quota, mended: the end of the scope gives the slot back.
// Teaches: a slot that is taken must be given back on every way out.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

go::Chan<bool> Slots(2); // at most two downloads at a time

void download(int Id) {
  Slots.send(true);
  go::Defer GiveBack([] { Slots.recv(); });
  if (Id % 2 == 0)
    return; // not found
  std::printf("file %d\n", Id);
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int Id = 1; Id <= 6; ++Id)
      Wg.go([Id] { download(Id); });
    Wg.wait();
  });
}
