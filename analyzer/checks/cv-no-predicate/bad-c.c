// The same in C.
#include <pthread.h>
#include <threads.h>

static pthread_mutex_t Lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t Cond = PTHREAD_COND_INITIALIZER;
static int Items;

int take(void) {
  pthread_mutex_lock(&Lock);
  if (Items == 0)
    pthread_cond_wait(&Cond, &Lock); // bug: cv-no-predicate
  int N = --Items;
  pthread_mutex_unlock(&Lock);
  return N;
}

void c11(mtx_t *M, cnd_t *C) {
  mtx_lock(M);
  cnd_wait(C, M); // bug: cv-no-predicate
  --Items;
  mtx_unlock(M);
}
