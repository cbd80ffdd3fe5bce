// Mutexes of every type and protocol order their sections, and the error codes
// of those that check are passed on without a word.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 0 %t | count 0
#include <cerrno>
#include <cstdlib>
#include <initializer_list>
#include <pthread.h>
#include <sched.h>

static int Shared;

static void expect(bool Holds) {
  if (!Holds)
    abort();
}

// A ceiling needs a priority that an ordinary user may not have.
static bool setPriority(int Policy, int Priority) {
  sched_param Of{};
  Of.sched_priority = Priority;
  return pthread_setschedparam(pthread_self(), Policy, &Of) == 0;
}

static void *add(void *Mutex) {
  auto *M = static_cast<pthread_mutex_t *>(Mutex);
  for (int I = 0; I < 100; ++I) {
    expect(pthread_mutex_lock(M) == 0);
    ++Shared;
    expect(pthread_mutex_unlock(M) == 0);
  }
  return nullptr;
}

static void *tryTaken(void *Mutex) {
  expect(pthread_mutex_trylock(static_cast<pthread_mutex_t *>(Mutex)) ==
         EBUSY);
  return nullptr;
}

static void inThread(void *(*Function)(void *), pthread_mutex_t &M) {
  pthread_t T;
  expect(pthread_create(&T, nullptr, Function, &M) == 0);
  expect(pthread_join(T, nullptr) == 0);
}

static void use(pthread_mutex_t &M, int Type) {
  pthread_t T;
  expect(pthread_create(&T, nullptr, add, &M) == 0);
  add(&M);
  pthread_join(T, nullptr);
  pthread_mutex_lock(&M);
  inThread(tryTaken, M);
  if (Type == PTHREAD_MUTEX_ERRORCHECK)
    expect(pthread_mutex_lock(&M) == EDEADLK);
  if (Type == PTHREAD_MUTEX_RECURSIVE) {
    expect(pthread_mutex_lock(&M) == 0);
    ++Shared;
    pthread_mutex_unlock(&M);
    inThread(tryTaken, M);
  }
  ++Shared;
  pthread_mutex_unlock(&M);
  inThread(add, M);
}

int main() {
  for (int Type : {PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ERRORCHECK,
                   PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_ADAPTIVE_NP})
    for (int Protocol :
         {PTHREAD_PRIO_NONE, PTHREAD_PRIO_INHERIT, PTHREAD_PRIO_PROTECT}) {
      pthread_mutexattr_t A;
      pthread_mutexattr_init(&A);
      pthread_mutexattr_settype(&A, Type);
      expect(pthread_mutexattr_setprotocol(&A, Protocol) == 0);
      pthread_mutex_t M;
      expect(pthread_mutex_init(&M, &A) == 0);
      if (Protocol != PTHREAD_PRIO_PROTECT || setPriority(SCHED_FIFO, 1))
        use(M, Type);
      else
        expect(pthread_mutex_lock(&M) == EINVAL);
      setPriority(SCHED_OTHER, 0);
      pthread_mutex_destroy(&M);
      pthread_mutexattr_destroy(&A);
    }
}
