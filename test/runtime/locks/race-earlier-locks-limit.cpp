// Beyond the option lock-sets a race is still found; its locks are left out,
// and the closing line says so.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=lock-sets=100 not %t 2>&1 | FileCheck %s --check-prefix=FEW
// FEW: (1) write {{.*}}Shared = 1;{{$}}
// FEW: heddle: 1 problem: {{.*}}the locks of some accesses were not kept, lock-sets=100
// RUN: not %t 2>&1 | FileCheck %s --check-prefix=ALL
// ALL: (1) write {{.*}}Shared = 1;  holding: Locks (
// ALL-NOT: not kept
#include "../exact/Unseen.h"

#include <mutex>
#include <thread>

static Unseen Order;
static std::mutex Locks[200];
long Own[200], Shared;

int main() {
  std::thread First([] {
    for (int I = 0; I < 200; ++I) {
      std::lock_guard Hold(Locks[I]);
      Own[I] = I;
      if (I == 199)
        Shared = 1;
    }
    Order.reach(1);
  });
  Order.await(1);
  Shared = 2;
  First.join();
}
