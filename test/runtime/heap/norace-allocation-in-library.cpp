// A library without checks allocates blocks and hands them over in ways that
// nobody sees: its allocations are no accesses, nor are those in code of the
// C++ library.
// RUN: %clangxx -std=c++20 -O1 -shared -fPIC -DLIBRARY %s -o %t.so
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t %t.so
// RUN: env HEDDLE=verbose %t 2>&1 | FileCheck %s
// RUN: %tsan-cxx -std=c++20 -O1 -g %s -o %t.tsan %t.so
// RUN: env HEDDLE=verbose %t.tsan 2>&1 | FileCheck %s
// CHECK: heddle: ok
#include "../exact/Unseen.h"

#include <cstdlib>
#include <cstring>

extern "C" void putBlock(size_t Size, int Way);
extern "C" char *getBlock();

#ifdef LIBRARY
static char *volatile Slot;

static char *makeBlock(size_t Size, int Way) {
  switch (Way) {
  case 0:
    return static_cast<char *>(std::malloc(Size));
  case 1:
    return static_cast<char *>(std::calloc(1, Size));
  case 2:
    return static_cast<char *>(std::realloc(std::malloc(1), Size));
  default:
    return new char[Size];
  }
}
void putBlock(size_t Size, int Way) { Slot = makeBlock(Size, Way); }
char *getBlock() { return Slot; }
#else
#include <thread>

static Unseen Order;

int main() {
  int Steps = 0;
  for (size_t Size : {8, 200, 5000, 1'000'000})
    for (int Way = 0; Way < 4; ++Way, Steps += 2) {
      std::thread Maker([=] {
        putBlock(Size, Way);
        Order.reach(Steps + 1);
        Order.await(Steps + 2);
      });
      std::thread User([=] {
        Order.await(Steps + 1);
        char *Block = getBlock();
        Block[0] = Block[Size / 2] = Block[Size - 1] = 1;
        std::free(Block);
        Order.reach(Steps + 2);
      });
      Maker.join();
      User.join();
    }
}
#endif
