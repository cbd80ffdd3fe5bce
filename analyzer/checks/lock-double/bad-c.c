// The same in C.
#include <pthread.h>
#include <threads.h>

static pthread_mutex_t Global = PTHREAD_MUTEX_INITIALIZER;
static int Value;

void again(void) {
  pthread_mutex_lock(&Global);
  pthread_mutex_lock(&Global); // bug: lock-double
  ++Value;
  pthread_mutex_unlock(&Global);
}

struct queue {
  pthread_mutex_t lock;
  int length;
};

void init(struct queue *Q) { pthread_mutex_init(&Q->lock, NULL); }

static int length(struct queue *Q) {
  pthread_mutex_lock(&Q->lock); // bug: lock-double
  int N = Q->length;
  pthread_mutex_unlock(&Q->lock);
  return N;
}

int isEmpty(struct queue *Q) {
  pthread_mutex_lock(&Q->lock);
  int N = length(Q);
  pthread_mutex_unlock(&Q->lock);
  return N == 0;
}

void writeInRead(pthread_rwlock_t *L) {
  pthread_rwlock_rdlock(L);
  pthread_rwlock_wrlock(L); // bug: lock-double
  ++Value;
  pthread_rwlock_unlock(L);
}

void c11(mtx_t *M) {
  mtx_lock(M);
  mtx_lock(M); // bug: lock-double
  mtx_unlock(M);
}
