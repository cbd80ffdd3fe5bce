// lock-and-send, broken: a goroutine sends while it holds the receiver's lock.
// Teaches: never block on a channel with a lock that the other side needs.
// Static: lock-wait-cycle
// Run: deadlock
#include <go/go.h>

#include <cstdio>
#include <mutex>

go::Mutex Guard;
int Version; // guarded by Guard

int main() {
  return go::main([] {
    auto Changes = go::makeChan<int>();
    go::spawn([=] {
      std::lock_guard Lock(Guard);
      Changes.send(++Version); // the receiver waits for Guard
    });
    std::lock_guard Lock(Guard);
    int Change = Changes.recv();
    std::printf("version %d of %d\n", Change, Version);
  });
}
