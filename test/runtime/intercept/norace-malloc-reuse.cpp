// Memory that one thread freed begins a new life in another.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include "../exact/Unseen.h"
#include <cstdlib>
#include <cstring>
#include <thread>

static Unseen Time;

static void work(int First) {
  for (int Round = 0; Round < 200; ++Round) {
    Time.await(2 * Round + First);
    auto *Block = static_cast<char *>(malloc(64 + Round));
    memset(Block, First, 64);
    free(Block);
    Time.reachNext();
  }
}

int main() {
  std::thread A(work, 0), B(work, 1);
  A.join();
  B.join();
}
