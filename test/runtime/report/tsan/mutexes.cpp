// compat=tsan: wrong use of mutexes under ThreadSanitizer's titles.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=compat=tsan %exits 66 %t destroy | FileCheck %s --check-prefixes=DESTROY,DESTROY-OWN
// RUN: env HEDDLE=compat=tsan %exits 66 %t unlock | FileCheck %s --check-prefixes=UNLOCK,UNLOCK-OWN
// RUN: %clangxx -std=c++20 -O1 -g -fsanitize=thread %s -o %t-peer
// RUN: %exits 66 %t-peer destroy | FileCheck %s --check-prefix=DESTROY
// RUN: %exits 66 %t-peer unlock | FileCheck %s --check-prefix=UNLOCK
#include <pthread.h>
#include <string>

int main(int, char **Args) {
  pthread_mutex_t M;
  pthread_mutex_init(&M, nullptr);
  if (Args[1] == std::string("destroy"))
    pthread_mutex_lock(&M);
  else
    pthread_mutex_unlock(&M);
  pthread_mutex_destroy(&M);
  return 0;
}
// DESTROY:      WARNING: ThreadSanitizer: destroy of a locked mutex (pid=
// DESTROY-NEXT: {{^}}    #0 pthread_mutex_destroy <null> (
// DESTROY-NEXT: {{^}}    #1 main {{.*}}mutexes.cpp:[[#@LINE-5]]:
// DESTROY:      {{^}}  and:
// DESTROY-NEXT: {{^}}    #0 pthread_mutex_lock <null> (
// DESTROY-NEXT: {{^}}    #1 main {{.*}}mutexes.cpp:[[#@LINE-11]]:
// DESTROY:      {{^}}  Mutex M0 (0x{{[0-9a-f]+}}) created at:
// DESTROY-NEXT: {{^}}    #0 pthread_mutex_init <null> (
// DESTROY-OWN: SUMMARY: ThreadSanitizer: destroy of a locked mutex {{.*}}mutexes.cpp:[[#@LINE-11]]:{{[0-9]+}} in main
// UNLOCK:       WARNING: ThreadSanitizer: unlock of an unlocked mutex (or by a wrong thread) (pid=
// UNLOCK-NEXT:  {{^}}    #0 pthread_mutex_unlock <null> (
// UNLOCK-NEXT:  {{^}}    #1 main {{.*}}mutexes.cpp:[[#@LINE-15]]:
// UNLOCK:       {{^}}  Mutex M0 (0x{{[0-9a-f]+}}) created at:
// UNLOCK-OWN: SUMMARY: ThreadSanitizer: unlock of an unlocked mutex (or by a wrong thread) {{.*}}mutexes.cpp:[[#@LINE-17]]:{{[0-9]+}} in main
