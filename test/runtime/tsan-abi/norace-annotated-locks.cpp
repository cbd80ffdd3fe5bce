// Locks that a program writes itself and annotates: exclusive, shared,
// recursive, tried. Their own atomics are relaxed on purpose: the annotations
// alone order.
// RUN: %tsan-cxx -std=c++20 -O1 %s -o %t && %exits 0 %t
// RUN: %gxx-tsan -std=c++20 -O1 -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 0 %t.g
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t.h && %exits 0 %t.h
#include "Inputs/AnnotatedLock.h"

#include <cassert>
#include <thread>
#include <vector>

static AnnotatedLock Lock;
static int Value;

static void count() {
  for (int I = 0; I < 200; ++I) {
    Lock.lock();
    ++Value;
    Lock.unlock();
    Lock.lockShared();
    int Seen = Value;
    Lock.unlockShared();
    assert(Seen > 0);
    if (Lock.tryLock()) {
      ++Value;
      Lock.unlock();
    }
  }
}

int main() {
  std::vector<std::thread> Threads;
  for (int I = 0; I < 4; ++I)
    Threads.emplace_back(count);
  for (std::thread &T : Threads)
    T.join();
  assert(Value >= 800);
}
