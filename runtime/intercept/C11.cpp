// The threads of C11, by the pthread functions that they are in glibc: the same
// objects, other names and results.
#include "base/Arena.h"
#include "intercept/Interceptor.h"

#include <cerrno>
#include <pthread.h>
#include <threads.h>

using namespace heddle;

namespace {

int threadResult(int Error) {
  switch (Error) {
  case 0:
    return thrd_success;
  case ENOMEM:
    return thrd_nomem;
  case EBUSY:
    return thrd_busy;
  case ETIMEDOUT:
    return thrd_timedout;
  default:
    return thrd_error;
  }
}

pthread_mutex_t *mutex(mtx_t *M) {
  return reinterpret_cast<pthread_mutex_t *>(M);
}
pthread_cond_t *cond(cnd_t *C) { return reinterpret_cast<pthread_cond_t *>(C); }

struct Start {
  thrd_start_t Function;
  void *Arg;
};

void *runThread(void *Arg) {
  Start Begin = *static_cast<Start *>(Arg);
  arenaDelete(static_cast<Start *>(Arg));
  return reinterpret_cast<void *>(intptr_t(Begin.Function(Begin.Arg)));
}

} // namespace

HEDDLE_EXPORT int thrd_create(thrd_t *Thread, thrd_start_t Function,
                              void *Arg) {
  auto *Begin = arenaNew<Start>(Start{Function, Arg});
  if (!Begin)
    return thrd_nomem;
  int Error = pthread_create(Thread, nullptr, runThread, Begin);
  if (Error)
    arenaDelete(Begin);
  return threadResult(Error);
}

HEDDLE_EXPORT int thrd_join(thrd_t Thread, int *Value) {
  void *Result = nullptr;
  int Error = pthread_join(Thread, &Result);
  if (!Error && Value)
    *Value = int(reinterpret_cast<intptr_t>(Result));
  return threadResult(Error);
}

HEDDLE_EXPORT int thrd_detach(thrd_t Thread) {
  return threadResult(pthread_detach(Thread));
}

HEDDLE_EXPORT int mtx_init(mtx_t *M, int Type) {
  pthread_mutexattr_t Attr;
  pthread_mutexattr_init(&Attr);
  bool Recursive = Type & mtx_recursive;
  pthread_mutexattr_settype(&Attr, Recursive ? PTHREAD_MUTEX_RECURSIVE
                                             : PTHREAD_MUTEX_NORMAL);
  int Error = pthread_mutex_init(mutex(M), &Attr);
  pthread_mutexattr_destroy(&Attr);
  return threadResult(Error);
}

HEDDLE_EXPORT void mtx_destroy(mtx_t *M) { pthread_mutex_destroy(mutex(M)); }
HEDDLE_EXPORT int mtx_lock(mtx_t *M) {
  return threadResult(pthread_mutex_lock(mutex(M)));
}
HEDDLE_EXPORT int mtx_trylock(mtx_t *M) {
  return threadResult(pthread_mutex_trylock(mutex(M)));
}
HEDDLE_EXPORT int mtx_timedlock(mtx_t *M, const timespec *Until) {
  return threadResult(pthread_mutex_timedlock(mutex(M), Until));
}
HEDDLE_EXPORT int mtx_unlock(mtx_t *M) {
  return threadResult(pthread_mutex_unlock(mutex(M)));
}

HEDDLE_EXPORT int cnd_init(cnd_t *C) {
  return threadResult(pthread_cond_init(cond(C), nullptr));
}
HEDDLE_EXPORT void cnd_destroy(cnd_t *C) { pthread_cond_destroy(cond(C)); }
HEDDLE_EXPORT int cnd_signal(cnd_t *C) {
  return threadResult(pthread_cond_signal(cond(C)));
}
HEDDLE_EXPORT int cnd_broadcast(cnd_t *C) {
  return threadResult(pthread_cond_broadcast(cond(C)));
}
HEDDLE_EXPORT int cnd_wait(cnd_t *C, mtx_t *M) {
  return threadResult(pthread_cond_wait(cond(C), mutex(M)));
}
HEDDLE_EXPORT int cnd_timedwait(cnd_t *C, mtx_t *M, const timespec *Until) {
  return threadResult(pthread_cond_timedwait(cond(C), mutex(M), Until));
}

HEDDLE_EXPORT void call_once(once_flag *Flag, void (*Function)()) {
  pthread_once(reinterpret_cast<pthread_once_t *>(Flag), Function);
}
