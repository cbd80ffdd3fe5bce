// The same in C.
#include <pthread.h>

struct list {
  pthread_mutex_t lock;
  int length;
};

void init(struct list *L) { pthread_mutex_init(&L->lock, 0); }

int pop(struct list *L) {
  pthread_mutex_lock(&L->lock);
  if (L->length == 0) {
    pthread_mutex_unlock(&L->lock);
  }
  int N = --L->length;
  pthread_mutex_unlock(&L->lock); // bug: lock-unheld
  return N;
}
