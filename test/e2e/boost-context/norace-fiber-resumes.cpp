// Fibers that resume each other in turns, and move to another thread, are
// ordered by the library's annotations.
// REQUIRES: boost-context
// RUN: %tsan-cxx -std=c++20 -O1 -w %s -o %t -lboost_context && %exits 0 %t
// RUN: %heddle-cxx -std=c++20 -O1 -w %s -o %t.h -lboost_context && %exits 0 %t.h
#include "Inputs/AnnotatedFiber.h"

#include <cassert>
#include <thread>

namespace ctx = boost::context;

static int Steps;

int main() {
  for (int I = 0; I < 50; ++I) {
    ctx::fiber Fiber([](ctx::fiber &&Caller) {
      for (int Turn = 0; Turn < 3; ++Turn) {
        ++Steps;
        Caller = std::move(Caller).resume();
      }
      return std::move(Caller);
    });
    ++Steps;
    Fiber = std::move(Fiber).resume();
    std::thread([&] {
      ++Steps;
      Fiber = std::move(Fiber).resume();
    }).join();
    while (Fiber) {
      ++Steps;
      Fiber = std::move(Fiber).resume();
    }
  }
  assert(Steps == 350);
}
