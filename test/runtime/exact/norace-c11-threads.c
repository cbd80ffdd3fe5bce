// C1: threads of C11 with a mutex, call_once and tss.
// ThreadSanitizer 19: crashes in 5 of 5 runs.
// RUN: %heddle-cc -std=c17 -O1 %s -o %t
// RUN: %t
#include <threads.h>

static int Shared, Made;
static mtx_t Guard;
static once_flag Once = ONCE_FLAG_INIT;
static tss_t Slot;

static void make(void) { Made = 1; }
static void collect(void *Value) { ++*(int *)Value; }

static int add(void *Own) {
  call_once(&Once, make);
  tss_set(Slot, Own);
  mtx_lock(&Guard);
  Shared += Made;
  mtx_unlock(&Guard);
  return 0;
}

int main(void) {
  thrd_t Threads[4];
  int Ended[4] = {0};
  if (mtx_init(&Guard, mtx_plain) || tss_create(&Slot, collect))
    return 3;
  for (int I = 0; I < 4; ++I)
    if (thrd_create(&Threads[I], add, &Ended[I]))
      return 3;
  for (int I = 0; I < 4; ++I)
    thrd_join(Threads[I], 0);
  mtx_destroy(&Guard);
  return Shared == 4 && Ended[3] == 1 ? 0 : 3;
}
