// lock-and-send, mended: both have let the lock go when they meet.
// Teaches: never block on a channel with a lock that the other side needs.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <mutex>

go::Mutex Guard;
int Version; // guarded by Guard

int nextVersion() {
  std::lock_guard Lock(Guard);
  return ++Version;
}

int main() {
  return go::main([] {
    auto Changes = go::makeChan<int>();
    go::spawn([=] { Changes.send(nextVersion()); });
    int Change = Changes.recv();
    std::lock_guard Lock(Guard);
    std::printf("version %d of %d\n", Change, Version);
  });
}
