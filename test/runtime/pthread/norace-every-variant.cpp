// Every way to lock, wait, join and end: all of them order, none reports.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | FileCheck %s --allow-empty
// CHECK-NOT: heddle
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <pthread.h>
#include <semaphore.h>
#include <thread>
#include <threads.h>

#define EXPECT(Condition)                                                      \
  if (!(Condition))                                                            \
  abort()

int Data;
pthread_mutex_t Mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_rwlock_t RwLock = PTHREAD_RWLOCK_INITIALIZER;
pthread_cond_t Cond = PTHREAD_COND_INITIALIZER;
sem_t Semaphore;

timespec later(clockid_t Clock) {
  timespec T;
  clock_gettime(Clock, &T);
  T.tv_sec += 100;
  return T;
}
const timespec Real = later(CLOCK_REALTIME);
const timespec Monotonic = later(CLOCK_MONOTONIC);

// Locked means: ordered after all others that were.
template <class Lock, class Unlock> void guarded(Lock L, Unlock U) {
  auto Work = [=] {
    EXPECT(L() == 0);
    ++Data;
    EXPECT(U() == 0);
  };
  std::thread A(Work), B(Work);
  Work();
  A.join();
  B.join();
}

void everyLock() {
  auto Unlock = [] { return pthread_mutex_unlock(&Mutex); };
  guarded([] { return pthread_mutex_lock(&Mutex); }, Unlock);
  guarded([] { return pthread_mutex_timedlock(&Mutex, &Real); }, Unlock);
  guarded(
      [] {
        return pthread_mutex_clocklock(&Mutex, CLOCK_MONOTONIC, &Monotonic);
      },
      Unlock);
  guarded(
      [] {
        while (pthread_mutex_trylock(&Mutex) == EBUSY)
          sched_yield();
        return 0;
      },
      Unlock);
  auto UnlockRw = [] { return pthread_rwlock_unlock(&RwLock); };
  guarded([] { return pthread_rwlock_wrlock(&RwLock); }, UnlockRw);
  guarded([] { return pthread_rwlock_timedwrlock(&RwLock, &Real); }, UnlockRw);
  guarded(
      [] {
        return pthread_rwlock_clockwrlock(&RwLock, CLOCK_MONOTONIC, &Monotonic);
      },
      UnlockRw);
}

// Data is handed over by a condition variable, a semaphore.
template <class Wait, class Post> void handed(Wait W, Post P) {
  Data = 0;
  std::thread Receiver([=] {
    W();
    EXPECT(Data == 1);
  });
  Data = 1;
  P();
  Receiver.join();
}

void everyWait() {
  static bool Ready;
  auto Post = [] {
    pthread_mutex_lock(&Mutex);
    Ready = true;
    pthread_cond_broadcast(&Cond);
    pthread_mutex_unlock(&Mutex);
  };
  auto WaitBy = [](auto Wait) {
    return [=] {
      pthread_mutex_lock(&Mutex);
      while (!Ready)
        EXPECT(Wait() == 0);
      Ready = false;
      pthread_mutex_unlock(&Mutex);
    };
  };
  handed(WaitBy([] { return pthread_cond_wait(&Cond, &Mutex); }), Post);
  handed(WaitBy([] { return pthread_cond_timedwait(&Cond, &Mutex, &Real); }),
         Post);
  handed(WaitBy([] {
           return pthread_cond_clockwait(&Cond, &Mutex, CLOCK_MONOTONIC,
                                         &Monotonic);
         }),
         Post);
  sem_init(&Semaphore, 0, 0);
  auto PostSem = [] { sem_post(&Semaphore); };
  handed([] { EXPECT(sem_wait(&Semaphore) == 0); }, PostSem);
  handed([] { EXPECT(sem_timedwait(&Semaphore, &Real) == 0); }, PostSem);
  handed(
      [] {
        EXPECT(sem_clockwait(&Semaphore, CLOCK_MONOTONIC, &Monotonic) == 0);
      },
      PostSem);
  handed(
      [] {
        while (sem_trywait(&Semaphore) != 0)
          sched_yield();
      },
      PostSem);
}

void *work(void *) {
  ++Data;
  pthread_exit(&Data);
}

template <class Join> void joined(Join J) {
  pthread_t Thread;
  pthread_create(&Thread, nullptr, work, nullptr);
  void *Value = nullptr;
  EXPECT(J(Thread, &Value) == 0 && Value == &Data);
  ++Data;
}

void everyJoin() {
  joined(pthread_join);
  joined([](pthread_t T, void **V) {
    int Result;
    while ((Result = pthread_tryjoin_np(T, V)) == EBUSY)
      sched_yield();
    return Result;
  });
  joined([](pthread_t T, void **V) { return pthread_timedjoin_np(T, V, &Real); });
  joined([](pthread_t T, void **V) {
    return pthread_clockjoin_np(T, V, CLOCK_MONOTONIC, &Monotonic);
  });
}

// Destructors run on the thread that ends, before its join.
struct Counted {
  ~Counted() { ++Data; }
};
thread_local Counted Local;
pthread_key_t Key;
tss_t Slot;

void everyEnd() {
  pthread_key_create(&Key, [](void *) { ++Data; });
  EXPECT(tss_create(&Slot, [](void *) { ++Data; }) == thrd_success);
  Data = 0;
  thrd_t Thread;
  thrd_create(
      &Thread,
      [](void *) {
        (void)&Local;
        pthread_setspecific(Key, &Data);
        tss_set(Slot, &Data);
        thrd_exit(7);
        return 0;
      },
      nullptr);
  int Value = 0;
  EXPECT(thrd_join(Thread, &Value) == thrd_success && Value == 7 && Data == 3);
  pthread_t Cancelled;
  pthread_create(
      &Cancelled, nullptr,
      [](void *) -> void * {
        pthread_cleanup_push([](void *) { ++Data; }, nullptr);
        for (;;) {
          timespec Nap{0, 1'000'000};
          nanosleep(&Nap, nullptr);
        }
        pthread_cleanup_pop(0);
      },
      nullptr);
  pthread_cancel(Cancelled);
  void *Result;
  EXPECT(pthread_join(Cancelled, &Result) == 0 && Result == PTHREAD_CANCELED);
  Data = 0;
}

int main() {
  everyLock();
  everyWait();
  everyJoin();
  everyEnd();
}
