// Boost.Thread: what its locks, groups and latches mean.
// REQUIRES: boost-fiber
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics %s 2>&1 | FileCheck %s --implicit-check-not=warning:
#define BOOST_THREAD_VERSION 4
#include <boost/thread.hpp>
#include <boost/thread/latch.hpp>
#include <map>

void unguarded() {
  std::map<int, int> Hits;
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'Hits' is changed {{.*}}[map-unguarded]
  boost::thread Writer([&] { Hits[1] = 2; });
  Hits[2] = 3;
  Writer.join();
}

void guarded() {
  std::map<int, int> Hits;
  boost::mutex Mu;
  boost::thread Writer([&] {
    boost::lock_guard<boost::mutex> Lock(Mu);
    Hits[1] = 2;
  });
  {
    boost::unique_lock<boost::mutex> Lock(Mu);
    Hits[2] = 3;
  }
  Writer.join();
}

void readers() {
  std::map<int, int> Hits;
  boost::shared_mutex Mu;
  boost::thread_group Group;
  Group.create_thread([&] {
    boost::shared_lock<boost::shared_mutex> Lock(Mu);
    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'Hits' is changed {{.*}}[map-unguarded]
    Hits[1] = 2;
  });
  {
    boost::shared_lock<boost::shared_mutex> Lock(Mu);
    (void)Hits.count(2);
  }
  Group.join_all();
}

void joined() {
  std::map<int, int> Hits;
  boost::thread_group Group;
  Group.create_thread([&] { Hits[1] = 2; });
  Group.join_all();
  Hits[2] = 3;
}

void twice(boost::mutex &Mu) {
  boost::lock_guard<boost::mutex> Outer(Mu);
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[lock-double]
  boost::lock_guard<boost::mutex> Inner(Mu);
}

void nested(boost::recursive_mutex &Mu) {
  boost::lock_guard<boost::recursive_mutex> Outer(Mu);
  boost::lock_guard<boost::recursive_mutex> Inner(Mu);
}

int latched() {
  int Result = 0;
  boost::latch Done(1);
  boost::thread Worker([&] {
    Result = 1;
    Done.count_down();
  });
  Done.wait();
  int Seen = Result;
  Worker.join();
  return Seen;
}

bool Ready;
void waits(boost::mutex &Mu, boost::condition_variable &Cv) {
  boost::unique_lock<boost::mutex> Lock(Mu);
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[cv-no-predicate]
  Cv.wait(Lock);
}

void waitsRightly(boost::mutex &Mu, boost::condition_variable &Cv) {
  boost::unique_lock<boost::mutex> Lock(Mu);
  while (!Ready)
    Cv.wait(Lock);
}
