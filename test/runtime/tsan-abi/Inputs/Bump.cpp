// Compiled three times, each time under other names.
#include "Bump.h"

#define JOIN(A, B) A##B
#define NAME(A, B) JOIN(A, B)

[[gnu::noinline]] void NAME(bumpBy, WHO)() {
  Shared = Shared + 1;
  asm volatile("" ::: "memory");
}

[[gnu::noinline]] void NAME(callBy, WHO)(Function *F) {
  Guarded = Guarded + 1;
  F();
  asm volatile("" ::: "memory");
}
