// What a program can tell Heddle about its own synchronisation.
//
// Without -DHEDDLE_ENABLED (which the compile flag sets) all of this vanishes.
// Each macro speaks of the strand (thread or goroutine) that runs it.
#ifndef HEDDLE_ANNOTATE_H
#define HEDDLE_ANNOTATE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Everything released at Addr -> everything after this call.
void heddle_acquire(const void *Addr);
// Everything before this call -> those who acquire at Addr later.
void heddle_release(const void *Addr);
// The same, but Addr forgets what was released there before.
void heddle_release_store(const void *Addr);
// A lock of the program's own: after it was taken / before it is released.
// Gives the edges and shows the lock in reports.
void heddle_lock_taken(const void *Lock, int Exclusive);
void heddle_lock_releasing(const void *Lock, int Exclusive);
// Between these, accesses are not recorded. They nest.
void heddle_ignore_begin(void);
void heddle_ignore_end(void);
// [Addr, Addr + Size) begins a new life: earlier accesses and releases there
// have nothing to do with later ones.
void heddle_new_memory(const void *Addr, size_t Size);
// A read / write of [Addr, Addr + Size) that the compiler cannot see.
void heddle_note_read(const void *Addr, size_t Size);
void heddle_note_write(void *Addr, size_t Size);
// The name of this strand in reports. Copied.
void heddle_name_strand(const char *Name);

#ifdef __cplusplus
}
#endif

#ifdef HEDDLE_ENABLED
#define HEDDLE_ANNOTATION(Call) Call
#else
#define HEDDLE_ANNOTATION(Call) ((void)0)
#endif

#define HEDDLE_ACQUIRE_AT(Addr) HEDDLE_ANNOTATION(heddle_acquire(Addr))
#define HEDDLE_RELEASE_AT(Addr) HEDDLE_ANNOTATION(heddle_release(Addr))
#define HEDDLE_IGNORE_BEGIN() HEDDLE_ANNOTATION(heddle_ignore_begin())
#define HEDDLE_IGNORE_END() HEDDLE_ANNOTATION(heddle_ignore_end())
#define HEDDLE_NEW_MEMORY(Addr, Size)                                          \
  HEDDLE_ANNOTATION(heddle_new_memory(Addr, Size))
#define HEDDLE_NAME_STRAND(Name) HEDDLE_ANNOTATION(heddle_name_strand(Name))

#endif
