// Wrong use of annotated locks, each kind once.
// RUN: %tsan-cxx -std=c++20 -O1 %s -o %t && %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O1 -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 66 %t.g | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t.h && %exits 66 %t.h | FileCheck %s
#include <thread>

extern "C" {
void __tsan_check_no_mutexes_held();
void AnnotateRWLockCreate(const char *, int, void *);
void AnnotateRWLockDestroy(const char *, int, void *);
void AnnotateRWLockAcquired(const char *, int, void *, long);
void AnnotateRWLockReleased(const char *, int, void *, long);
}

static long Locks[6];
static void acquire(void *L, long Exclusive) {
  AnnotateRWLockAcquired(__FILE__, __LINE__, L, Exclusive);
}
static void release(void *L, long Exclusive) {
  AnnotateRWLockReleased(__FILE__, __LINE__, L, Exclusive);
}

int main() {
  for (long &L : Locks)
    AnnotateRWLockCreate(__FILE__, __LINE__, &L);
  acquire(&Locks[0], 1);
  std::thread([] { acquire(&Locks[0], 1); }).join();
  // CHECK: MISUSE lock of a mutex that another thread holds
  release(&Locks[1], 1);
  // CHECK: MISUSE unlock of a mutex that is not locked
  acquire(&Locks[2], 1);
  std::thread([] { release(&Locks[2], 1); }).join();
  // CHECK: MISUSE unlock of a mutex that another thread holds
  acquire(&Locks[3], 1);
  acquire(&Locks[3], 0);
  // CHECK: MISUSE read lock of a mutex that is locked for writing
  acquire(&Locks[4], 1);
  release(&Locks[4], 0);
  // CHECK: MISUSE read unlock of a mutex that is locked for writing
  acquire(&Locks[5], 1);
  AnnotateRWLockDestroy(__FILE__, __LINE__, &Locks[5]);
  // CHECK: MISUSE destruction of a locked mutex
  __tsan_check_no_mutexes_held();
  // CHECK: MISUSE a mutex is held where none may be
}
// CHECK: 7 misuses
