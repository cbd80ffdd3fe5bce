// oneTBB: task groups, parallel loops, scoped locks.
// REQUIRES: tbb
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics %s 2>&1 | FileCheck %s --implicit-check-not=warning:
#include <map>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/queuing_mutex.h>
#include <tbb/spin_mutex.h>
#include <tbb/task_group.h>

void group() {
  std::map<int, int> Hits;
  tbb::task_group Group;
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'Hits' is changed {{.*}}[map-unguarded]
  Group.run([&] { Hits[1] = 2; });
  Hits[2] = 3;
  Group.wait();
}

void waits() {
  std::map<int, int> Hits;
  tbb::task_group Group;
  Group.run([&] { Hits[1] = 2; });
  Group.wait();
  Hits[2] = 3;
}

void loop() {
  std::map<int, int> Hits;
  tbb::parallel_for(0, 100, [&](int I) {
    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'Hits' is changed {{.*}}[map-unguarded]
    Hits[I % 7] += 1;
  });
}

void lockedLoop() {
  std::map<int, int> Hits;
  tbb::spin_mutex Mu;
  tbb::parallel_for(tbb::blocked_range<int>(0, 100),
                    [&](const tbb::blocked_range<int> &R) {
                      tbb::spin_mutex::scoped_lock Lock(Mu);
                      Hits[R.begin() % 7] += 1;
                    });
}

void queued() {
  std::map<int, int> Hits;
  tbb::queuing_mutex Mu;
  tbb::parallel_for(0, 100, [&](int I) {
    tbb::queuing_mutex::scoped_lock Lock(Mu);
    Hits[I % 7] += 1;
  });
}
