// C3: a recursion 1,000,000 deep with an access in each frame, guarded at the
// bottom.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <mutex>
#include <pthread.h>

static std::mutex Guard;
static long Deepest;

__attribute__((noinline)) static long descend(long Depth, long *Frames) {
  if (!Depth) {
    std::lock_guard Hold(Guard);
    return ++Deepest;
  }
  ++*Frames;
  return descend(Depth - 1, Frames) + 1;
}

static void *run(void *) {
  long Frames = 0;
  descend(1000000, &Frames);
  return reinterpret_cast<void *>(Frames);
}

int main() {
  pthread_attr_t Attr;
  pthread_attr_init(&Attr);
  pthread_attr_setstacksize(&Attr, 512ul << 20);
  pthread_t First, Second;
  pthread_create(&First, &Attr, run, nullptr);
  pthread_create(&Second, &Attr, run, nullptr);
  void *Frames;
  pthread_join(First, &Frames);
  pthread_join(Second, &Frames);
  return Deepest == 2 && Frames == reinterpret_cast<void *>(1000000l) ? 0 : 3;
}
