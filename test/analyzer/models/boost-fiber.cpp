// Boost.Fiber: its channels are explored; fibers take turns and do not race.
// REQUIRES: boost-fiber
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics %s 2>&1 | FileCheck %s --implicit-check-not=warning:
#include <boost/fiber/all.hpp>
#include <map>

namespace fibers = boost::fibers;

int leaves(bool Early) {
  fibers::unbuffered_channel<int> Results;
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: this send to 'Results' can block for ever{{.*}}[chan-leak-on-return]
  fibers::fiber([&] { Results.push(1); }).detach();
  if (Early)
    return 0;
  return Results.value_pop();
}

int stays() {
  fibers::unbuffered_channel<int> Results;
  fibers::fiber Worker([&] { Results.push(1); });
  int Value = Results.value_pop();
  Worker.join();
  return Value;
}

int turns() {
  std::map<int, int> Hits;
  fibers::fiber Worker([&] { Hits[1] = 2; });
  Hits[2] = 3;
  Worker.join();
  return Hits[1];
}

// A push to a closed channel is a status, and it may be closed twice.
bool closed() {
  fibers::buffered_channel<int> Results(4);
  Results.close();
  Results.close();
  return Results.push(1) == fibers::channel_op_status::closed;
}

void closedBeside() {
  fibers::buffered_channel<int> Results(4);
  fibers::fiber Worker([&] { Results.push(1); });
  Results.close();
  Worker.join();
}
