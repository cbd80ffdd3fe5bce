// POSIX threads, with a pointer as argument.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <pthread.h>

struct Shared {
  std::map<int, int> Data;
  pthread_mutex_t Lock;
};
Shared Bare, Locked;

void *bare(void *) {
  Bare.Data[1]++; // bug: map-unguarded
  return nullptr;
}

void *locked(void *) {
  pthread_mutex_lock(&Locked.Lock);
  Locked.Data[1]++;
  pthread_mutex_unlock(&Locked.Lock);
  return nullptr;
}

int run() {
  pthread_t A, B;
  pthread_create(&A, nullptr, bare, nullptr);
  pthread_create(&B, nullptr, locked, nullptr);
  (void)Bare.Data.size();
  if (pthread_mutex_trylock(&Locked.Lock) == 0) {
    Locked.Data.clear();
    pthread_mutex_unlock(&Locked.Lock);
  }
  pthread_join(A, nullptr);
  pthread_join(B, nullptr);
  Locked.Data.clear();
  return int(Bare.Data.size());
}
