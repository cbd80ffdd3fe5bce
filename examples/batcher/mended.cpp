// batcher, mended: it waits only while the batch is empty.
// Teaches: wait in a loop for a condition under the lock, not for a signal.
// Static: none
// Run: none
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
      NotEmpty.signal();
    });
    Added.wait();
    std::lock_guard Lock(Guard);
    NotEmpty.wait([] { return !Batch.empty(); });
    std::printf("%zu in the batch\n", Batch.size());
  });
}
