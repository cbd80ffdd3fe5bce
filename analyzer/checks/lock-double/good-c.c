// Locks in C that may be taken twice, or are not.
#include <pthread.h>
#include <threads.h>

static pthread_mutex_t Nested;
static int Value;

void initNested(void) {
  pthread_mutexattr_t Attr;
  pthread_mutexattr_init(&Attr);
  pthread_mutexattr_settype(&Attr, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&Nested, &Attr);
}

void useNested(void) {
  pthread_mutex_lock(&Nested);
  pthread_mutex_lock(&Nested);
  ++Value;
  pthread_mutex_unlock(&Nested);
  pthread_mutex_unlock(&Nested);
}

// POSIX lets a reader become one again.
int readers(pthread_rwlock_t *L) {
  pthread_rwlock_rdlock(L);
  pthread_rwlock_rdlock(L);
  int N = Value;
  pthread_rwlock_unlock(L);
  pthread_rwlock_unlock(L);
  return N;
}

int tried(pthread_mutex_t *M) {
  if (pthread_mutex_trylock(M) != 0)
    pthread_mutex_lock(M);
  int N = ++Value;
  pthread_mutex_unlock(M);
  return N;
}

struct table {
  mtx_t lock;
  int n;
};

void makeTable(struct table *T) {
  mtx_init(&T->lock, mtx_plain | mtx_recursive);
}

void useTable(struct table *T) {
  mtx_lock(&T->lock);
  mtx_lock(&T->lock);
  ++T->n;
  mtx_unlock(&T->lock);
  mtx_unlock(&T->lock);
}

void pair(struct table *A, struct table *B) {
  mtx_lock(&A->lock);
  mtx_unlock(&A->lock);
  mtx_lock(&A->lock);
  B->n = A->n;
  mtx_unlock(&A->lock);
}
