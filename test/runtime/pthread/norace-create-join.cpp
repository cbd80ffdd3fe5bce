// Creation before the start, the end before every kind of join.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <ctime>
#include <pthread.h>
#include <sched.h>

static int Shared;

static void *count(void *) {
  ++Shared;
  pthread_exit(&Shared);
}

int main() {
  timespec Until;
  clock_gettime(CLOCK_REALTIME, &Until);
  Until.tv_sec += 100;
  for (int I = 0; I < 9; ++I) {
    ++Shared;
    pthread_t T;
    void *Value = nullptr;
    pthread_create(&T, nullptr, count, nullptr);
    if (I % 3 == 0)
      pthread_join(T, &Value);
    else if (I % 3 == 1)
      pthread_timedjoin_np(T, &Value, &Until);
    else
      while (pthread_tryjoin_np(T, &Value) != 0)
        sched_yield();
    if (Value != &Shared)
      return 2;
  }
  return Shared == 18 ? 0 : 1;
}
