// The functions of heddle/Annotate.h.
#include "heddle/Annotate.h"

#include "abi/Access.h"
#include "detect/Access.h"
#include "sync/Sync.h"

using namespace heddle;

static Strand &self() {
  if (!threadState().Current)
    ensureInitialised();
  return currentStrand();
}

HEDDLE_EXPORT void heddle_acquire(const void *Addr) {
  declaredAcquire(self(), Addr);
}

HEDDLE_EXPORT void heddle_release(const void *Addr) {
  declaredRelease(self(), Addr);
}

HEDDLE_EXPORT void heddle_release_store(const void *Addr) {
  declaredReleaseStore(self(), Addr);
}

HEDDLE_EXPORT void heddle_lock_taken(const void *Address, int Exclusive) {
  Strand &S = self();
  syncAcquire(S, Address);
  lockTaken(S, Address, Exclusive ? LockKind::Exclusive : LockKind::Shared,
            reinterpret_cast<uintptr_t>(__builtin_return_address(0)));
}

HEDDLE_EXPORT void heddle_lock_releasing(const void *Address, int Exclusive) {
  Strand &S = self();
  lockReleased(S, Address, Exclusive ? LockKind::Exclusive : LockKind::Shared);
  syncRelease(S, Address);
}

HEDDLE_EXPORT void heddle_ignore_begin() {
  self();
  ignoreBegin();
}

HEDDLE_EXPORT void heddle_ignore_end() { ignoreEnd(); }

HEDDLE_EXPORT void heddle_new_memory(const void *Addr, size_t Size) {
  self();
  forgetAccesses(Addr, Size);
  syncForget(Addr, Size);
}

HEDDLE_EXPORT void heddle_note_read(const void *Addr, size_t Size) {
  accessRange(self(), Addr, Size, false, heddle_thread_block.Context,
              reinterpret_cast<uintptr_t>(__builtin_return_address(0)));
}

HEDDLE_EXPORT void heddle_note_write(void *Addr, size_t Size) {
  accessRange(self(), Addr, Size, true, heddle_thread_block.Context,
              reinterpret_cast<uintptr_t>(__builtin_return_address(0)));
}

HEDDLE_EXPORT void heddle_name_strand(const char *Name) {
  setStrandName(self(), Name);
}
