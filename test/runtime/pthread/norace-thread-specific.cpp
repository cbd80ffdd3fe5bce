// Destructors of thread-specific data and of thread_local objects run before a join returns.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <pthread.h>
#include <thread>

static pthread_key_t Key;
static int Shared;

struct Counter {
  ~Counter() { ++Shared; }
};
static thread_local Counter Mine;

static void destroy(void *Value) {
  ++Shared;
  if (Value == &Key)
    pthread_setspecific(Key, &Shared);
}

int main() {
  pthread_key_create(&Key, destroy);
  std::thread T([] {
    pthread_setspecific(Key, &Key);
    (void)&Mine;
  });
  T.join();
  return Shared == 3 ? 0 : 1;
}
