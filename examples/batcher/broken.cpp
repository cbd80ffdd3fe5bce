// batcher, broken: it is told of an item before it waits, and waits for ever.
// Teaches: wait in a loop for a condition under the lock, not for a signal.
// Static: cv-no-predicate
// Run: deadlock
#include <go/go.h>

#include <cstdio>
#include <mutex>
#include <vector>

go::Mutex Guard;
go::Cond NotEmpty(Guard);
std::vector<int> Batch; // guarded by Guard

int main() {
  return go::main([] {
    go::WaitGroup Added;
    Added.go([] {
      std::lock_guard Lock(Guard);
      Batch.push_back(1);
      NotEmpty.signal(); // nobody waits yet: it is lost
    });
    Added.wait();
    std::lock_guard Lock(Guard);
    NotEmpty.wait();
    std::printf("%zu in the batch\n", Batch.size());
  });
}
