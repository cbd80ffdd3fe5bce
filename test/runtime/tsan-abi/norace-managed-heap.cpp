// A heap that a language runtime manages: a block's memory has a new life when
// it is allocated, its locks move with it.
// RUN: %tsan-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s -o %t && %exits 0 %t
#include "Unseen.h"

#include <cassert>
#include <thread>

extern "C" {
void __tsan_java_init(unsigned long, unsigned long);
void __tsan_java_alloc(unsigned long, unsigned long);
void __tsan_java_free(unsigned long, unsigned long);
void __tsan_java_move(unsigned long, unsigned long, unsigned long);
unsigned long __tsan_java_find(unsigned long *, unsigned long);
void __tsan_java_mutex_lock(unsigned long);
void __tsan_java_mutex_unlock(unsigned long);
}

alignas(8) static long Heap[1024];
static Unseen Order;

int main() {
  auto Begin = reinterpret_cast<unsigned long>(Heap);
  __tsan_java_init(Begin, sizeof(Heap));
  __tsan_java_alloc(Begin, 64);
  std::thread First([=] {
    __tsan_java_mutex_lock(Begin);
    Heap[20] = 1;
    __tsan_java_mutex_unlock(Begin);
    Order.reach(1);
  });
  Order.await(1);
  __tsan_java_move(Begin, Begin + 800, 64);
  unsigned long Found = Begin;
  assert(__tsan_java_find(&Found, Begin + sizeof(Heap)) == 64);
  assert(Found == Begin + 800);
  __tsan_java_mutex_lock(Begin + 800);
  Heap[20] = 2;
  __tsan_java_mutex_unlock(Begin + 800);
  __tsan_java_free(Begin + 800, 64);
  First.join();
}
