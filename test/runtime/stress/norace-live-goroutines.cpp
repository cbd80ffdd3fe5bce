// 100,000 goroutines wait at once for a channel to be closed.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t %scale
#include "Scale.h"

#include "go/go.h"

static long Data;

int main(int, char **Arguments) {
  int Count = scaled(Arguments, 100000);
  go::Chan<int> Start = go::makeChan<int>();
  go::Mutex Guard;
  go::WaitGroup Done;
  Done.add(Count);
  for (int I = 0; I < Count; ++I)
    go::spawn([&, Start] {
      Start.recv();
      Guard.lock();
      ++Data;
      Guard.unlock();
      Done.done();
    });
  Start.close();
  Done.wait();
  return Data == Count ? 0 : 3;
}
