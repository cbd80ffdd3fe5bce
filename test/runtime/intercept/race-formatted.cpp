// printf and scanf and their kin read their formats and strings and store what
// they have read: each races here with a write in another thread.
// RUN: %heddle-cxx -std=c++20 -O1 -Wno-format-security %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -D_FORTIFY_SOURCE=2 -Wno-format-security -Wno-unused-result %s -o %t.fortified
// RUN: llvm-readelf --dyn-symbols %t.fortified | FileCheck %s --check-prefix=CALLED
// RUN: %exits 66 %t.fortified | FileCheck %s
// CALLED: __vfprintf_chk
// CHECK-COUNT-19: heddle: DATA RACE on 'Buffer'
// CHECK-NOT: DATA RACE
// CHECK: heddle: 19 problems: 19 data races
#include "../exact/Unseen.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <unistd.h>

alignas(16) static char Buffer[64] = "text";
static char *volatile Text = Buffer;
static FILE *Null, *File;
static Unseen Steps;

static int byList(FILE *F, const char *Format, ...) {
  va_list List;
  va_start(List, Format);
  int Length = vfprintf(F, Format, List);
  va_end(List);
  return Length;
}
static int scanByList(const char *From, const char *Format, ...) {
  va_list List;
  va_start(List, Format);
  int Stored = vsscanf(From, Format, List);
  va_end(List);
  return Stored;
}

static void (*const Cases[])() = {
    [] { fprintf(Null, "%d%s", 1, Text); },
    [] { fprintf(Null, "%f %Lf %*d %s", 1.0, 2.0L, 3, 4, Text); },
    [] { fprintf(Null, "%3$s %1$f %2$d", 1.0, 2, Text); },
    [] { fprintf(Null, "%.*s", 2, Text); },
    [] { fprintf(Null, Text); },
    [] { fprintf(Null, "%ls", reinterpret_cast<wchar_t *>(Text)); },
    [] { byList(Null, "%s", Text); },
    [] { dprintf(fileno(Null), "%s", Text); },
    [] { printf("%.0s%s", Text, Text); },
    [] {
      char *Out;
      if (asprintf(&Out, "%s", Text) >= 0)
        free(Out);
    },
    [] {
      char Out[64];
      snprintf(Out, sizeof(Out), "%s", Text);
    },
    [] { sprintf(Text, "%d", 12); },
    [] { sscanf("17 x", "%d", reinterpret_cast<int *>(Text)); },
    [] { sscanf("word", "%63s", Text); },
    [] { sscanf("word", "%*c%2[a-z]", Text); },
    [] { sscanf("ab", "%2c", Text); },
    [] { sscanf(Text, "%*s"); },
    [] {
      int N;
      scanByList("1", "%d %n", &N, reinterpret_cast<int *>(Text));
    },
    [] { fscanf(File, "%3s", Text); },
};

int main() {
  Null = fopen("/dev/null", "w");
  File = fopen("/proc/self/comm", "r");
  freopen("/dev/null", "w", stdout);
  for (auto *Case : Cases) {
    for (char &C : Buffer)
      C = 0;
    Buffer[0] = Buffer[1] = Buffer[2] = 'x';
    Steps.reach(0);
    std::thread First([&] {
      Buffer[1] = 'E';
      Steps.reach(1);
    });
    std::thread Second([&] {
      Steps.await(1);
      Case();
    });
    First.join();
    Second.join();
  }
}
