// The same in C.
#include <pthread.h>
#include <stdlib.h>

struct cache {
  pthread_mutex_t lock;
  pthread_rwlock_t rw;
  char *data;
  int size;
};

int grow(struct cache *C, int Size) {
  pthread_mutex_lock(&C->lock);
  char *Data = realloc(C->data, Size);
  if (!Data)
    return -1; // bug: lock-leak
  C->data = Data;
  C->size = Size;
  pthread_mutex_unlock(&C->lock);
  return 0;
}

void shrink(struct cache *C) {
  pthread_rwlock_wrlock(&C->rw);
  if (C->size == 0)
    return; // bug: lock-leak
  C->size /= 2;
  pthread_rwlock_unlock(&C->rw);
}
