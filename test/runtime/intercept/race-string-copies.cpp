// Copies of memory and text that tell where they end, and bounded ones, access
// what they read and write, by their plain names and the fortified ones.
// RUN: %heddle-cxx -std=c++20 -O1 -fno-builtin %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 -fno-builtin -DFORTIFIED %s -o %t.fortified
// RUN: %exits 66 %t.fortified | FileCheck %s
// CHECK: (2) write {{.*}}CALL(mempcpy, Buffer
// CHECK: (2) write {{.*}}CALL(stpcpy, Buffer
// CHECK: (2) write {{.*}}CALL(stpncpy, Buffer
// CHECK: (2) read {{.*}}CALL(strncat, Buffer
// CHECK: (2) read {{.*}}CALL(mempcpy, Own
// CHECK: (2) read {{.*}}CALL(stpcpy, Own
// CHECK: (2) read {{.*}}CALL(stpncpy, Own
// CHECK: (2) read {{.*}}CALL(strncat, Own
// CHECK: heddle: 8 problems: 8 data races
#include "../exact/Unseen.h"

#include <cstring>
#include <thread>

#ifdef FORTIFIED
extern "C" {
void *__mempcpy_chk(void *, const void *, size_t, size_t);
char *__stpcpy_chk(char *, const char *, size_t);
char *__stpncpy_chk(char *, const char *, size_t, size_t);
char *__strncat_chk(char *, const char *, size_t, size_t);
}
#define CALL(Name, ...) __##Name##_chk(__VA_ARGS__, sizeof(Buffer))
#else
#define CALL(Name, ...) Name(__VA_ARGS__)
#endif

static char Buffer[64], Own[64];
static Unseen Steps;

static void (*const Cases[])() = {
    [] { CALL(mempcpy, Buffer, "text", 4); },
    [] { CALL(stpcpy, Buffer, "text"); },
    [] { CALL(stpncpy, Buffer, "text", 4); },
    [] { CALL(strncat, Buffer + 1, "te", 1); },
    [] { CALL(mempcpy, Own, Buffer, 4); },
    [] { CALL(stpcpy, Own, Buffer); },
    [] { CALL(stpncpy, Own, Buffer, 4); },
    [] { CALL(strncat, Own, Buffer, 4); },
};

int main() {
  for (auto *Case : Cases) {
    for (char &C : Buffer)
      C = 0;
    Own[0] = 0;
    Buffer[0] = 'x';
    Steps.reach(0);
    std::thread First([&] {
      Buffer[1] = 0;
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
