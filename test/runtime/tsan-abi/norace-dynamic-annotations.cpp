// The dynamic annotations that take reports away.
// RUN: %tsan-cxx -std=c++20 -O1 %s -o %t && %exits 0 %t
// RUN: %gxx-tsan -std=c++20 -O1 -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 0 %t.g
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t.h && %exits 0 %t.h
#include "Inputs/Annotations.h"

#include <atomic>
#include <thread>

static int Ordered, Benign, Ignored, Reused;
static std::atomic<bool> Ready;

static void await() {
  while (!Ready.load(std::memory_order_relaxed))
    std::this_thread::yield();
}

int main() {
  AnnotateBenignRaceSized(__FILE__, __LINE__, &Benign, sizeof(Benign), "");
  std::thread First([] {
    AnnotateThreadName(__FILE__, __LINE__, "first");
    Ordered = Benign = Reused = 1;
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    Ignored = 1;
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    AnnotateHappensBefore(__FILE__, __LINE__, &Ready);
    Ready.store(true, std::memory_order_relaxed);
  });
  std::thread Second([] {
    await();
    Benign = Ignored = 2;
    AnnotateNewMemory(__FILE__, __LINE__, &Reused, sizeof(Reused));
    Reused = 2;
    AnnotateHappensAfter(__FILE__, __LINE__, &Ready);
    Ordered = 2;
  });
  First.join();
  Second.join();
  return Ordered + Benign + Ignored + Reused == 8 ? 0 : 3;
}
