// The same programs on Boost.Fiber, as far as it has the operations. One
// thread: its default scheduler shares no fibers among threads.
#include "Measure.h"

#include <boost/fiber/all.hpp>
#include <boost/fiber/pooled_fixedsize_stack.hpp>

#include <utility>
#include <vector>

namespace fibers = boost::fibers;

namespace {

// Its stacks from a pool, as those of the others are.
template <class F> fibers::fiber start(F Fn) {
  static fibers::pooled_fixedsize_stack Stacks;
  return fibers::fiber(std::allocator_arg, Stacks, std::move(Fn));
}

void pingPong(int N) {
  fibers::unbuffered_channel<int> Ping, Pong;
  fibers::fiber Partner = start([&] {
    for (int V : Ping)
      Pong.push(V);
  });
  report("ping-pong", N, [&] {
    int V;
    for (int I = 0; I < N; ++I) {
      Ping.push(I);
      Pong.pop(V);
    }
  });
  Ping.close();
  Partner.join();
}

void buffered(int N) {
  fibers::buffered_channel<int> C(128);
  fibers::unbuffered_channel<int> Done;
  fibers::fiber Partner = start([&] {
    for (int V : C)
      if (V == N - 1)
        Done.push(V);
  });
  report("buffered", N, [&] {
    int V;
    for (int I = 0; I < N; ++I)
      C.push(I);
    Done.pop(V);
  });
  C.close();
  Partner.join();
}

void spawn(int N) {
  std::vector<fibers::fiber> All;
  report("spawn", N, [&] {
    for (int I = 0; I < N; ++I)
      All.push_back(start([] {}));
    for (fibers::fiber &F : All)
      F.join();
    All.clear();
  });
}

void mutex(int N) {
  fibers::mutex Mu;
  volatile int Count = 0;
  report("mutex", N, [&] {
    for (int I = 0; I < N; ++I) {
      Mu.lock();
      Count = Count + 1;
      Mu.unlock();
    }
  });
}

void parked(int N) {
  fibers::unbuffered_channel<int> C;
  std::vector<fibers::fiber> All;
  double Before = residentBytes();
  for (int I = 0; I < N; ++I)
    All.push_back(start([&] {
      int V;
      C.pop(V);
    }));
  boost::this_fiber::yield();
  std::printf("bytes-parked %.1f\n", (residentBytes() - Before) / N);
  C.close();
  for (fibers::fiber &F : All)
    F.join();
}

} // namespace

int main(int Count, char **) {
  if (Count > 1) {
    parked(kParked);
    return 0;
  }
  pingPong(1000);
  buffered(1000);
  spawn(100);
  mutex(10000);
}
