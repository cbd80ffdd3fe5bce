// What a program may define and call to look at reports and at itself.
// RUN: %tsan-cxx -std=c++20 -O1 %s -o %t && %exits 7 %t | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t.h && %exits 7 %t.h | FileCheck %s
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/tsan_interface.h>

#include <cstdio>
#include <cstring>
#include <thread>

int Shared;

extern "C" int __tsan_on_finalize(int Failed) {
  fprintf(stderr, "finalize %d\n", Failed);
  return 0;
}

extern "C" void __tsan_on_report(void *Report) {
  const char *What;
  int Count, Stacks, Accesses, Locations, Mutexes, Threads, Numbers;
  void *Sleep[1];
  __tsan_get_report_data(Report, &What, &Count, &Stacks, &Accesses, &Locations,
                         &Mutexes, &Threads, &Numbers, Sleep, 1);
  int Thread, Size, Write, Atomic;
  void *Addr, *Trace[4] = {};
  __tsan_get_report_mop(Report, 1, &Thread, &Addr, &Size, &Write, &Atomic,
                        Trace, 4);
  fprintf(stderr, "report: %s, %d accesses, %d bytes, %d\n", What, Accesses,
          Size, Addr == &Shared && Trace[0] != nullptr);
}

int main() {
  // CHECK: #0 {{.*}}main{{.*}} {{.*}}callbacks.cpp:[[@LINE+1]]
  __sanitizer_print_stack_trace();
  // CHECK: DATA RACE on 'Shared'
  // CHECK: report: data-race, 2 accesses, 4 bytes, 1
  std::thread First([] { ++Shared; });
  ++Shared;
  First.join();
  char Name[100] = {};
  __sanitizer_symbolize_global(&Shared, "%g", Name, sizeof(Name));
  // CHECK: named Shared
  fprintf(stderr, "named %s\n", Name);
  // CHECK: finalize 1
  return 7;
}
