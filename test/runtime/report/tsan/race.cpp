// compat=tsan: a race on a global and one on a heap block, with mutexes, a
// sleep and a named thread. ThreadSanitizer's output passes the same checks.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=compat=tsan %exits 66 %t > %t.out
// RUN: FileCheck %s --input-file=%t.out
// RUN: FileCheck %s --input-file=%t.out --check-prefix=OWN --implicit-check-not=heddle:
// RUN: %clangxx -std=c++20 -O1 -g -fsanitize=thread %s -o %t-peer
// RUN: %exits 66 %t-peer | FileCheck %s
#include "../../exact/Unseen.h"
#include <mutex>
#include <pthread.h>
#include <thread>
#include <unistd.h>

int Hits[2];
static std::mutex First, Second;
static Unseen Time;

__attribute__((noinline)) static void touch(int *P, int Value) { *P = Value; }
__attribute__((noinline)) static void fill(int *P, int Value) { *P = Value; }

int main() {
  int *Block = new int[4];
  std::thread T([=] {
    pthread_setname_np(pthread_self(), "worker");
    Second.lock();
    touch(Hits + 1, 1);
    fill(Block + 2, 1);
    Second.unlock();
    Time.reach(1);
    Time.await(2);
  });
  Time.await(1);
  usleep(1000);
  First.lock();
  touch(Hits + 1, 2);
  fill(Block + 2, 2);
  First.unlock();
  Time.reach(2);
  T.join();
}
// CHECK:      ==================
// CHECK-NEXT: WARNING: ThreadSanitizer: data race (pid={{[0-9]+}})
// CHECK-NEXT: {{^}}  Write of size 4 at [[ADDR:0x[0-9a-f]{12}]] by main thread (mutexes: write M0):
// CHECK-NEXT: {{^}}    #0 touch(int*, int) {{.*}}race.cpp:[[#@LINE-26]]:{{[0-9]+}} (race.cpp.tmp{{.*}}+0x{{[0-9a-f]+}})
// CHECK-NEXT: {{^}}    #1 main {{.*}}race.cpp:[[#@LINE-10]]:{{[0-9]+}} (race.cpp.tmp{{.*}}+0x{{[0-9a-f]+}})
// CHECK-EMPTY:
// CHECK-NEXT: {{^}}  Previous write of size 4 at [[ADDR]] by thread T1 (mutexes: write M1):
// CHECK-NEXT: {{^}}    #0 touch(int*, int) {{.*}}race.cpp:[[#@LINE-30]]:
// CHECK:      {{^}}  As if synchronized via sleep:
// CHECK-NEXT: {{^}}    #0 usleep <null> (
// CHECK-NEXT: {{^}}    #1 main {{.*}}race.cpp:[[#@LINE-18]]:
// CHECK-EMPTY:
// CHECK-NEXT: {{^}}  Location is global 'Hits' of size 8 at 0x{{[0-9a-f]+}} (race.cpp.tmp{{.*}}+0x{{[0-9a-f]+}})
// CHECK:      {{^}}  Mutex M0 (0x{{[0-9a-f]+}}) created at:
// CHECK-NEXT: {{^}}    #0 pthread_mutex_lock <null> (
// CHECK:      {{^}}  Thread T1 'worker' (tid={{[0-9]+}}, running) created by main thread at:
// CHECK-NEXT: {{^}}    #0 pthread_create <null> (
// CHECK:      SUMMARY: ThreadSanitizer: data race {{.*}}race.cpp:[[#@LINE-40]]:{{[0-9]+}} in touch(int*, int)
// CHECK-NEXT: ==================
// CHECK-NEXT: ==================
// CHECK-NEXT: WARNING: ThreadSanitizer: data race (pid={{[0-9]+}})
// CHECK:      {{^}}  Location is heap block of size 16 at 0x{{[0-9a-f]+}} allocated by main thread:
// CHECK-NEXT: {{^}}    #0 operator new[](unsigned long) <null> (
// CHECK-NEXT: {{^}}    #1 main {{.*}}race.cpp:[[#@LINE-42]]:
// CHECK:      ThreadSanitizer: reported 2 warnings
// OWN: ThreadSanitizer: reported 2 warnings
