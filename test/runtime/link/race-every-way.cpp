// Programs are watched whichever way they are linked: position-independent or
// not, with the C++ library inside, with instrumented code in an archive, in a
// shared library, and in one that is loaded later.
// RUN: %heddle-cxx -O1 -fPIC -DPART -c %s -o %t.part.o
// RUN: rm -f %t.a && llvm-ar rc %t.a %t.part.o
// RUN: %heddle-cxx -shared %t.part.o -o %t.so
// RUN: %heddle-cxx -O1 -pie -fPIE %s %t.a -o %t.pie
// RUN: %exits 66 %t.pie | FileCheck %s
// RUN: %heddle-cxx -O1 -no-pie -fno-pie %s %t.a -o %t.nopie
// RUN: %exits 66 %t.nopie | FileCheck %s
// RUN: %heddle-cxx -O1 -static-libstdc++ -static-libgcc %s %t.a -o %t.inside
// RUN: %exits 66 %t.inside | FileCheck %s
// RUN: %heddle-cxx -O1 -no-pie -fno-pie -static-libstdc++ -static-libgcc %s %t.a -o %t.both
// RUN: %exits 66 %t.both | FileCheck %s
// RUN: %heddle-cxx -O1 %s %t.so -o %t.shared
// RUN: %exits 66 %t.shared | FileCheck %s
// RUN: %heddle-cxx -O1 -static-libstdc++ -static-libgcc %s %t.so -o %t.mixed
// RUN: %exits 66 %t.mixed | FileCheck %s
// RUN: %heddle-cxx -O1 -DLOADS %s -o %t.loads
// RUN: %exits 66 %t.loads %t.so | FileCheck %s
// RUN: %heddle-cxx -O1 -no-pie -fno-pie -DLOADS %s -o %t.nopie-loads
// RUN: %exits 66 %t.nopie-loads %t.so | FileCheck %s
// CHECK: DATA RACE on 'Shared'
// CHECK: (1) write {{.*}}// part
// CHECK: spawned at {{.*}}race-every-way.cpp:[[#SPAWN:]]
// CHECK: (2) write {{.*}}// part
// CHECK: spawned at {{.*}}race-every-way.cpp:{{[0-9]+}}
// CHECK: heddle: 1 problem: 1 data race
#include "../exact/Unseen.h"

#include <dlfcn.h>
#include <thread>

#ifdef PART

static volatile int Shared;

extern "C" void add() {
  Shared = 1; // part
}

#else

extern "C" void add();
static Unseen Order;

int main(int, char **Arguments) {
#ifdef LOADS
  auto *Add = reinterpret_cast<void (*)()>(
      dlsym(dlopen(Arguments[1], RTLD_NOW), "add"));
#else
  (void)Arguments;
  auto *Add = add;
#endif
  std::thread A([&] {
    Add();
    Order.reach(1);
  });
  std::thread B([&] {
    Order.await(1);
    Add();
  });
  A.join();
  B.join();
}

#endif
