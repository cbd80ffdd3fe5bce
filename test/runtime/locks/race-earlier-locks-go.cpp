// The locks of go:: belong to the goroutine, not to the thread that runs it.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=workers=1 not %t 2>&1 | FileCheck %s
// RUN: env HEDDLE=workers=4 not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Shared'
// CHECK: (1) write  G{{.*}}holding: First ({{.*}}race-earlier-locks-go.cpp:[[@LINE+16]]:{{[0-9]+}}){{$}}
// CHECK: (2) write  G{{.*}}holding: Second shared ({{.*}}:[[@LINE+24]]:{{[0-9]+}}) {{.*}}just happened
#include <go/go.h>

#include <atomic>

go::Mutex First;
go::RWMutex Second;
long Shared;
static std::atomic<bool> Written{false};

int main() {
  return go::main([] {
    go::WaitGroup Done;
    Done.go([] {
      go::yield();
      First.lock();
      Shared = 1;
      First.unlock();
      go::yield();
      Written.store(true, std::memory_order_relaxed);
    });
    Done.go([] {
      while (!Written.load(std::memory_order_relaxed))
        go::yield();
      Second.rLock();
      Shared = 2;
      Second.rUnlock();
    });
    Done.wait();
  });
}
