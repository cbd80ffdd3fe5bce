// Boost.Fiber: fibers on two threads share a counter under a fiber mutex.
// ThreadSanitizer 19: 3 false races, in 5 of 5 runs.
// REQUIRES: boost-fiber
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t -lboost_fiber -lboost_context
// RUN: %t
#include <boost/fiber/all.hpp>

#include <mutex>
#include <thread>

namespace fibers = boost::fibers;

int main() {
  fibers::mutex Guard;
  int Visits = 0;
  auto Run = [&] {
    fibers::fiber Visitors[4];
    for (fibers::fiber &Visitor : Visitors)
      Visitor = fibers::fiber([&] {
        for (int I = 0; I < 100; ++I) {
          std::lock_guard<fibers::mutex> Hold(Guard);
          ++Visits;
          boost::this_fiber::yield();
        }
      });
    for (fibers::fiber &Visitor : Visitors)
      Visitor.join();
  };
  std::thread First(Run), Second(Run);
  First.join();
  Second.join();
  return Visits == 800 ? 0 : 3;
}
