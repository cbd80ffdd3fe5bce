// Boost.Fiber: a producer fiber on one thread hands boxes to consumer fibers
// on another through a buffered channel.
// ThreadSanitizer 19: 3 false races, in 5 of 5 runs.
// REQUIRES: boost-fiber
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t -lboost_fiber -lboost_context
// RUN: %t
#include <boost/fiber/all.hpp>

#include <memory>
#include <thread>

namespace fibers = boost::fibers;
using Box = std::unique_ptr<long>;

int main() {
  fibers::buffered_channel<Box> Boxes(8);
  long Sum = 0;
  std::thread Consumers([&] {
    fibers::fiber Workers[2];
    for (fibers::fiber &Worker : Workers)
      Worker = fibers::fiber([&] {
        Box Next;
        while (Boxes.pop(Next) == fibers::channel_op_status::success)
          Sum += *Next; // both fibers stay on this thread
      });
    for (fibers::fiber &Worker : Workers)
      Worker.join();
  });
  fibers::fiber Producer([&] {
    for (long I = 1; I <= 500; ++I)
      Boxes.push(std::make_unique<long>(I));
    Boxes.close();
  });
  Producer.join();
  Consumers.join();
  return Sum == 500 * 501 / 2 ? 0 : 3;
}
