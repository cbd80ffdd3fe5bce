// C1: threads, mutexes and conditions of C11.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <threads.h>

static mtx_t M;
static cnd_t C;
static int Shared;
static once_flag Flag = ONCE_FLAG_INIT;

static int work(void *) {
  call_once(&Flag, [] { mtx_lock(&M); Shared += 10; mtx_unlock(&M); });
  mtx_lock(&M);
  ++Shared;
  cnd_broadcast(&C);
  mtx_unlock(&M);
  return 5;
}

int main() {
  mtx_init(&M, mtx_plain);
  cnd_init(&C);
  thrd_t T[2];
  for (thrd_t &Thread : T)
    thrd_create(&Thread, work, nullptr);
  mtx_lock(&M);
  while (Shared != 12)
    cnd_wait(&C, &M);
  mtx_unlock(&M);
  int Sum = 0, Value;
  for (thrd_t Thread : T) {
    thrd_join(Thread, &Value);
    Sum += Value;
  }
  mtx_destroy(&M);
  return Sum == 10 ? 0 : 1;
}
