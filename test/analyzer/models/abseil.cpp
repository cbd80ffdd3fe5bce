// Abseil's locks, notifications, counters and containers.
// REQUIRES: absl
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics %s 2>&1 | FileCheck %s --implicit-check-not=warning:
#include <absl/container/flat_hash_map.h>
#include <absl/synchronization/blocking_counter.h>
#include <absl/synchronization/mutex.h>
#include <absl/synchronization/notification.h>
#include <thread>

void unguarded() {
  absl::flat_hash_map<int, int> Hits;
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'Hits' is changed {{.*}}[map-unguarded]
  std::thread Writer([&] { Hits[1] = 2; });
  Hits[2] = 3;
  Writer.join();
}

void guarded() {
  absl::flat_hash_map<int, int> Hits;
  absl::Mutex Mu;
  std::thread Writer([&] {
    absl::MutexLock Lock(&Mu);
    Hits[1] = 2;
  });
  Mu.Lock();
  Hits[2] = 3;
  Mu.Unlock();
  Writer.join();
}

int notified() {
  int Result = 0;
  absl::Notification Done;
  std::thread Worker([&] {
    Result = 1;
    Done.Notify();
  });
  Done.WaitForNotification();
  int Seen = Result;
  Worker.join();
  return Seen;
}

int counted() {
  int Result = 0;
  absl::BlockingCounter Left(1);
  std::thread Worker([&] {
    Result = 1;
    Left.DecrementCount();
  });
  Left.Wait();
  int Seen = Result;
  Worker.join();
  return Seen;
}

void twice(absl::Mutex &Mu) {
  absl::MutexLock Outer(&Mu);
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[lock-double]
  absl::MutexLock Inner(&Mu);
}

void early(absl::Mutex &Mu, absl::flat_hash_map<int, int> &Hits) {
  absl::ReleasableMutexLock Lock(&Mu);
  Hits[1] = 2;
  Lock.Release();
  absl::MutexLock Again(&Mu);
  Hits[2] = 3;
}
