// With the option lock-orders, locks that are taken in orders which could
// deadlock are reported in a run that does not; without it, nothing is.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=lock-orders=possible %exits 66 %t two | FileCheck %s --check-prefix=TWO
// RUN: env HEDDLE=lock-orders=possible %exits 66 %t many | FileCheck %s --check-prefix=MANY
// RUN: env HEDDLE=lock-orders=possible %exits 66 %t write-read | FileCheck %s --check-prefix=READ
// RUN: env HEDDLE=lock-orders=possible %exits 66 %t three-held | FileCheck %s --check-prefix=TWO
// RUN: env HEDDLE=lock-orders=possible %exits 66 %t after-join | FileCheck %s --check-prefix=ONCE
// RUN: env HEDDLE=lock-orders=possible %exits 66 %t one-gated | FileCheck %s --check-prefix=ONCE
// RUN: env HEDDLE=lock-orders=possible %exits 66 %t try-outside | FileCheck %s --check-prefix=ONCE
// RUN: env HEDDLE=lock-orders=possible %exits 66 %t wait | FileCheck %s --check-prefix=ONCE
// RUN: env HEDDLE=lock-orders=possible %exits 66 %t objects | FileCheck %s --check-prefix=ONCE
// RUN: env HEDDLE=lock-orders=possible,compat=tsan %exits 66 %t two | FileCheck %s --check-prefix=TSAN
// RUN: env HEDDLE=verbose %exits 0 %t two | FileCheck %s --check-prefix=OFF
// TWO: heddle: LOCK ORDER  2 locks are taken in orders that could deadlock
// TWO-NEXT: T2  lock {{.*}}Orders.h:18:{{.*}}pthread_mutex_lock(&gLocks[I]);{{.*}}holding {{.*}} since {{.*}}Orders.h:18
// TWO-NEXT: T3  lock {{.*}}Orders.h:18:
// TWO-NEXT: Cycle: {{[^>]*}} -> {{[^>]*}} -> {{[^>]*$}}
// TWO-NEXT: explain: heddle explain lock-order
// TWO-NEXT: heddle: 1 problem: 1 lock order
// MANY: heddle: LOCK ORDER  20 locks are taken
// READ: heddle: LOCK ORDER  2 locks are taken
// READ-NEXT: T2  lock {{.*}}pthread_mutex_lock(&gLocks[0])
// READ-NEXT: T3  read lock {{.*}}pthread_rwlock_rdlock(&gShared[0])
// ONCE-COUNT-1: heddle: LOCK ORDER  2 locks are taken
// ONCE: heddle: 1 problem: 1 lock order
// OFF-NOT: LOCK ORDER
// OFF: heddle: ok
// TSAN: WARNING: ThreadSanitizer: lock-order-inversion (potential deadlock)
// TSAN-NEXT: Cycle in lock order graph: M0 (0x{{.*}}) => M1 (0x{{.*}}) => M0
// TSAN: Mutex M1 acquired here while holding mutex M0 in thread T1:
// TSAN: Mutex M0 previously acquired by the same thread here:
// TSAN: Mutex M0 acquired here while holding mutex M1 in thread T2:
// TSAN: Mutex M1 previously acquired by the same thread here:
// TSAN: SUMMARY: ThreadSanitizer: lock-order-inversion (potential deadlock)

#include "Orders.h"

#include <string>

static void many() {
  Unseen Step;
  std::vector<std::thread> All;
  for (int I = 0; I < 20; ++I)
    All.emplace_back([&Step, I] {
      Step.await(I);
      nest({I, (I + 1) % 20});
      Step.reach(I + 1);
    });
  for (std::thread &T : All)
    T.join();
}

static void writeRead() {
  inTurn(
      [] {
        pthread_rwlock_wrlock(&gShared[0]);
        pthread_mutex_lock(&gLocks[0]);
        pthread_mutex_unlock(&gLocks[0]);
        pthread_rwlock_unlock(&gShared[0]);
      },
      [] {
        pthread_mutex_lock(&gLocks[0]);
        pthread_rwlock_rdlock(&gShared[0]);
        pthread_rwlock_unlock(&gShared[0]);
        pthread_mutex_unlock(&gLocks[0]);
      });
}

// What is held came by a try; what is wanted came by a lock.
static void tryOutside() {
  auto both = [](int First, int Second) {
    while (pthread_mutex_trylock(&gLocks[First]))
      ;
    pthread_mutex_lock(&gLocks[Second]);
    pthread_mutex_unlock(&gLocks[Second]);
    pthread_mutex_unlock(&gLocks[First]);
  };
  inTurn([=] { both(0, 1); }, [=] { both(1, 0); });
}

// The end of a wait takes the lock again, under the other.
static void wait() {
  inTurn([] { nest({0, 1}); },
         [] {
           pthread_cond_t C = PTHREAD_COND_INITIALIZER;
           pthread_mutex_lock(&gLocks[0]);
           pthread_mutex_lock(&gLocks[1]);
           timespec Past{1, 0};
           pthread_cond_timedwait(&C, &gLocks[0], &Past);
           pthread_mutex_unlock(&gLocks[1]);
           pthread_mutex_unlock(&gLocks[0]);
         });
}

// The order of a joined thread cannot meet the others'; theirs can meet.
static void afterJoin() {
  std::thread([] { nest({1, 0}); }).join();
  inTurn([] { nest({0, 1}); }, [] { nest({1, 0}); });
}

// The same code with other locks is the same defect.
static void objects() {
  auto nestFrom = [](int First, int Second) {
    for (int I = 0; I < 10; I += 2)
      nest({I + First, I + Second});
  };
  inTurn([=] { nestFrom(0, 1); }, [=] { nestFrom(1, 0); });
}

int main(int, char **Arguments) {
  std::string Case = Arguments[1];
  if (Case == "two")
    inTurn([] { nest({0, 1}); }, [] { nest({1, 0}); });
  else if (Case == "three-held")
    inTurn([] { nest({2, 0, 3, 1}); }, [] { nest({1, 4, 0}); });
  else if (Case == "one-gated")
    inTurn([] { nest({9, 0, 1}); }, [] { nest({9, 1, 0}); },
           [] { nest({1, 0}); });
  else if (Case == "many")
    many();
  else if (Case == "write-read")
    writeRead();
  else if (Case == "try-outside")
    tryOutside();
  else if (Case == "wait")
    wait();
  else if (Case == "after-join")
    afterJoin();
  else if (Case == "objects")
    objects();
}
