// A library that is loaded where another one was has no past; its own races are
// found, also in a program without instrumentation. Programs with fixed
// addresses and with the C++ library inside work as well.
// RUN: %heddle-cxx -std=c++20 -O1 -shared -fPIC -DLIBRARY %s -o %t.so
// RUN: %heddle-cxx -std=c++20 -O1 -DPROGRAM %s -o %t
// RUN: %t %t.so 0 2>&1 | FileCheck %s --allow-empty --check-prefix=NONE
// RUN: %exits 66 %t %t.so 1 | FileCheck %s
// RUN: %clangxx -std=c++20 -O1 -DPROGRAM %s -o %t.plain
// RUN: %exits 66 env LD_PRELOAD=%lib/libheddle_rt.so %t.plain %t.so 1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 -no-pie -fno-pie -DPROGRAM -DLIBRARY -DALONE %s -o %t.fixed
// RUN: %exits 66 %t.fixed - 1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 -static-libstdc++ -static-libgcc -DPROGRAM -DLIBRARY -DALONE %s -o %t.static
// RUN: %exits 66 %t.static - 1 | FileCheck %s
// NONE-NOT: heddle
// CHECK: heddle: DATA RACE on 'Shared'
#include "../exact/Unseen.h"
#include <cstdlib>
#include <dlfcn.h>
#include <pthread.h>

#ifdef LIBRARY
int Shared;

extern "C" __attribute__((visibility("default"))) void touch() { ++Shared; }
#endif

#ifdef PROGRAM
Unseen Steps;

void *run(void *Touch) {
  reinterpret_cast<void (*)()>(Touch)();
  Steps.reachNext();
  return nullptr;
}

int main(int, char **Arguments) {
  bool Twice = atoi(Arguments[2]);
  pthread_t Thread;
  for (int I = 0; I < 4; ++I) {
#ifdef ALONE
    void *Library = nullptr;
    auto *Touch = reinterpret_cast<void *>(touch);
#else
    void *Library = dlopen(Arguments[1], RTLD_NOW);
    void *Touch = dlsym(Library, "touch");
#endif
    pthread_create(&Thread, nullptr, run, Touch);
    if (Twice)
      reinterpret_cast<void (*)()>(Touch)();
    Steps.await(I + 1);
    if (Library)
      dlclose(Library);
  }
}
#endif
