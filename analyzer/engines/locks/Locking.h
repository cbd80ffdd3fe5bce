// What the checks of locks ask about a lock, apart from who holds it.
#ifndef HEDDLE_ENGINES_LOCKS_LOCKING_H
#define HEDDLE_ENGINES_LOCKS_LOCKING_H

#include "facts/LockSets.h"

namespace heddle {

// A mutex of any kind, as opposed to a semaphore, a channel or a once flag that
// is followed like one.
bool isLock(const Unit &U, PathId P);

// Whether the holder of a lock may take it again.
enum class Nesting : uint8_t { No, Yes, NotKnown };
Nesting nestingOf(const Unit &U, const Op &Acquire);

// Code that is not visible and by its name may end the program.
bool mayNotReturn(const Op &Call);

// The caller of the scope's root holds the lock: the strand gives it back where
// it cannot have taken it, or a declaration around the step says so.
bool isHeldByCaller(const Scope &S, const ScopeLocks &Locks, const Step &At,
                    PathId Lock);

// The step is a call of code that is not visible and is given the lock, or an
// object that it is part of; or its name says that it unlocks.
bool mayHandle(const Scope &S, const Op &Call, PathId Lock);

} // namespace heddle

#endif
