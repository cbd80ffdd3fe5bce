// called_from_lib: what libc's functions access when a library calls them is
// not watched; what the program itself accesses is.
// RUN: %clangxx -O1 -fno-builtin -shared -fPIC %S/Inputs/copies.cpp -o %t-copies.so
// RUN: %heddle-cxx -std=c++20 -O1 -g %s %t-copies.so -o %t
// RUN: %exits 66 %t | FileCheck %s --check-prefix=ALL
// ALL: heddle: 2 problems: 2 data races
// RUN: echo 'called_from_lib:-copies.so$' > %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 66 %t | FileCheck %s --implicit-check-not=heddle:
// CHECK: heddle: DATA RACE on 'Mine'
// CHECK: heddle: 1 problem: 1 data race ·
// RUN: echo 'called_from_lib:another.so' > %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 66 %t | FileCheck %s --check-prefix=ALL
#include "../exact/Unseen.h"
#include <thread>

extern "C" long copyInto(int *To, const int *From);

int Theirs[4], Mine, Source[4];
static Unseen Time;

int main() {
  std::thread T([] {
    copyInto(Theirs, Source);
    Mine = 1;
    Time.reach(1);
  });
  Time.await(1);
  copyInto(Theirs, Source);
  Mine = 2;
  T.join();
}
