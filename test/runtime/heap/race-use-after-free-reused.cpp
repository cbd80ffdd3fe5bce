// A use after free is found although blocks of the same size were allocated
// since: a thread keeps back what it freed last. So is a second free, which
// would end the life of another block.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// RUN: env HEDDLE=verbose,quarantine=0 %exits 0 %t alone | FileCheck %s --check-prefix=NONE
// NONE: heddle: ok
#include <cstdlib>
#include <thread>

template <class T> static T *hidden(T *P) {
  asm volatile("" : "+r"(P));
  return P;
}

static int *freedBefore(int Blocks) {
  auto *P = hidden(new int[10]());
  int *Live[50];
  delete[] P; // freed
  for (int I = 0; I < Blocks; ++I)
    Live[I] = hidden(new int[10]());
  for (int I = 0; I < Blocks; ++I)
    delete[] Live[I];
  for (int I = 0; I < Blocks; ++I)
    Live[I] = hidden(new int[10]());
  return P;
}

int main(int Argc, char **) {
  int *Mine = freedBefore(50);
  *hidden(Mine) = 1; // use-alone
  if (Argc > 1)
    return 0;
  std::thread([] {
    int *P = freedBefore(50);
    hidden(P)[9] = 1; // use-in-thread
    std::free(hidden(P));
  }).join();
}
// CHECK: USE AFTER FREE on a freed heap block  byte 0 of 40
// CHECK: delete[] P
// CHECK: Mine) = 1
// CHECK: USE AFTER FREE on a freed heap block  byte 36 of 40
// CHECK: delete[] P
// CHECK: hidden(P)[9]
// CHECK: free{{.*}}twice
