// Wrong use of locks and of the heap, found in the act.
//
// Thread safety: all functions may be called on any strand at any time.
#ifndef HEDDLE_DETECT_MISUSE_H
#define HEDDLE_DETECT_MISUSE_H

#include "detect/Findings.h"

namespace heddle {

// S misuses Object in the code that Pc returns to.
void reportLockMisuse(Strand &S, LockMisuse Kind, const void *Object,
                      uintptr_t Pc);
// The same with the id of the stack that shows where.
void reportLockMisuseOn(Strand &S, LockMisuse Kind, const void *Object,
                        uint32_t Stack);
// S destroys Object, which is an error while a strand waits on it: reports Kind
// if one does.
void reportDestroyOfAwaited(Strand &S, LockMisuse Kind, const void *Object,
                            uintptr_t Pc);

} // namespace heddle
#endif
