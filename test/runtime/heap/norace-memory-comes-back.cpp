// Memory that was freed comes back by many ways, and is new each time.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t -ldl
// RUN: env HEDDLE=verbose %t 2>&1 | FileCheck %s
// CHECK: heddle: ok
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>
#include <vector>

template <class T> static T *hidden(T *P) {
  asm volatile("" : "+r"(P));
  return P;
}

static void fill(void *P, size_t Size) {
  auto *Bytes = static_cast<volatile char *>(hidden(P));
  for (size_t I = 0; I < Size; I += 61)
    Bytes[I] = char(I);
}

// Blocks of all sizes, cut out of one another's memory.
static void churn(unsigned Seed) {
  void *Live[40] = {};
  for (int I = 0; I < 3000; ++I) {
    Seed = Seed * 1103515245 + 12345;
    void *&P = Live[Seed >> 8 & 31];
    size_t Size = (Seed >> 13) % (1u << (Seed >> 28));
    switch (Seed >> 6 & 3) {
    case 0:
      std::free(P);
      P = std::malloc(Size);
      break;
    case 1:
      P = std::realloc(P, Size + 1);
      break;
    case 2:
      std::free(P);
      P = std::aligned_alloc(256, (Size + 256) & ~size_t(255));
      break;
    default:
      std::free(P);
      P = std::calloc(1, Size);
    }
    fill(P, Size);
  }
  for (void *P : Live)
    std::free(P);
}

static void *useStack(void *) {
  char Large[100000];
  fill(Large, sizeof(Large));
  return nullptr;
}

int main() {
  churn(1);
  // Large blocks are the kernel's; thread stacks, mappings and libraries come
  // to lie where they were.
  for (int Round = 0; Round < 20; ++Round) {
    std::vector<void *> Blocks;
    for (int I = 0; I < 4; ++I) {
      Blocks.push_back(std::malloc(36 << 20));
      std::memset(static_cast<char *>(Blocks.back()) + (I << 20), 1, 1 << 20);
    }
    for (void *P : Blocks)
      std::free(P);
    pthread_attr_t Attr;
    pthread_attr_init(&Attr);
    pthread_attr_setstacksize(&Attr, size_t(33 + Round) << 20);
    pthread_t T;
    pthread_create(&T, &Attr, useStack, nullptr);
    pthread_join(T, nullptr);
    void *Map = mmap(nullptr, 36 << 20, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    fill(Map, 36 << 20);
    munmap(Map, 36 << 20);
  }
  // The heaps of other threads are given back to the kernel with them.
  for (int Round = 0; Round < 10; ++Round) {
    std::thread A(churn, 7 + Round), B(churn, 100 + Round);
    A.join();
    B.join();
    malloc_trim(0);
  }
  // The end of the heap moves down, and up again for another.
  std::free(hidden(std::malloc(8 << 20)));
  malloc_trim(0);
  void *More = sbrk(1 << 20);
  fill(More, 1 << 20);
  churn(3);
}
