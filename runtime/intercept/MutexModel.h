// What the lock of a pthread mutex means to the detector; shared by the mutex
// and by waits on condition variables, which unlock and lock it.
#ifndef HEDDLE_INTERCEPT_MUTEXMODEL_H
#define HEDDLE_INTERCEPT_MUTEXMODEL_H

#include "event/Strand.h"

#include <pthread.h>

namespace heddle {

// After S has taken M / before S gives it back.
void mutexTaken(Strand &S, pthread_mutex_t *M, uintptr_t Pc);
void mutexReleased(Strand &S, pthread_mutex_t *M, uintptr_t Pc);

// True if S holds the lock, in whatever way.
bool holdsLock(const Strand &S, const void *Lock);

// True if a strand of this process owns the lock: the threads of a parent that
// forked are none.
bool isHeldByLiving(const void *Lock);

} // namespace heddle
#endif
