// The dynamic annotations that came with the first ThreadSanitizer.
//
// File and Line are where the macro stands; our reports have the stack. Those
// without a body name what a detector by happens-before finds out itself.
#include "abi/tsan/Hook.h"
#include "abi/tsan/MutexModel.h"
#include "detect/Access.h"
#include "detect/BenignRaces.h"
#include "sync/Sync.h"

using namespace heddle;

#define TSAN_PC reinterpret_cast<uintptr_t>(__builtin_return_address(0))
#define TSAN_SITE const char *, int

HEDDLE_EXPORT void AnnotateHappensBefore(TSAN_SITE, void *Addr) {
  declaredRelease(callingStrand(), Addr);
}
HEDDLE_EXPORT void AnnotateHappensAfter(TSAN_SITE, void *Addr) {
  declaredAcquire(callingStrand(), Addr);
}

HEDDLE_EXPORT void AnnotateRWLockCreate(TSAN_SITE, void *Mutex) {
  mutexCreated(callingStrand(), Mutex, kMutexWriteReentrant, TSAN_PC);
}
HEDDLE_EXPORT void AnnotateRWLockCreateStatic(TSAN_SITE, void *Mutex) {
  mutexCreated(callingStrand(), Mutex, kMutexWriteReentrant | kMutexLinkerInit,
               TSAN_PC);
}
HEDDLE_EXPORT void AnnotateRWLockDestroy(TSAN_SITE, void *Mutex) {
  mutexDestroyed(callingStrand(), Mutex, 0, TSAN_PC);
}
HEDDLE_EXPORT void AnnotateRWLockAcquired(TSAN_SITE, void *Mutex,
                                          long Exclusive) {
  if (Exclusive)
    mutexLocked(callingStrand(), Mutex, 0, 1, TSAN_PC);
  else
    mutexReadLocked(callingStrand(), Mutex, 0, TSAN_PC);
}
HEDDLE_EXPORT void AnnotateRWLockReleased(TSAN_SITE, void *Mutex,
                                          long Exclusive) {
  if (Exclusive)
    mutexUnlocking(callingStrand(), Mutex, 0, TSAN_PC);
  else
    mutexReadUnlocking(callingStrand(), Mutex, TSAN_PC);
}

HEDDLE_EXPORT void AnnotateBenignRaceSized(TSAN_SITE, const volatile void *Addr,
                                           size_t Size, const char *) {
  addBenignRace(const_cast<const void *>(Addr), Size);
}
HEDDLE_EXPORT void AnnotateBenignRace(TSAN_SITE, const volatile void *Addr,
                                      const char *) {
  addBenignRace(const_cast<const void *>(Addr), 1);
}
HEDDLE_EXPORT void WTFAnnotateBenignRaceSized(TSAN_SITE,
                                              const volatile void *Addr,
                                              size_t Size, const char *) {
  addBenignRace(const_cast<const void *>(Addr), Size);
}

#define TSAN_IGNORE(What)                                                      \
  HEDDLE_EXPORT void AnnotateIgnore##What##Begin(TSAN_SITE) {                  \
    callingStrand();                                                           \
    ignoreBegin();                                                             \
  }                                                                            \
  HEDDLE_EXPORT void AnnotateIgnore##What##End(TSAN_SITE) {                    \
    if (callingStrand().IgnoreDepth)                                           \
      ignoreEnd();                                                             \
  }
TSAN_IGNORE(Reads)
TSAN_IGNORE(Writes)

HEDDLE_EXPORT void AnnotateIgnoreSyncBegin(TSAN_SITE) {
  callingStrand();
  ignoreSyncBegin();
}
HEDDLE_EXPORT void AnnotateIgnoreSyncEnd(TSAN_SITE) { ignoreSyncEnd(); }

HEDDLE_EXPORT void AnnotateNewMemory(TSAN_SITE, void *Addr, size_t Size) {
  callingStrand();
  forgetAccesses(Addr, Size);
  syncForget(Addr, Size);
}

HEDDLE_EXPORT void AnnotateThreadName(TSAN_SITE, const char *Name) {
  setStrandName(callingStrand(), Name);
}

#define TSAN_NOTHING(Name, ...)                                                \
  HEDDLE_EXPORT void Name(TSAN_SITE __VA_OPT__(, ) __VA_ARGS__) {}
TSAN_NOTHING(AnnotateCondVarSignal, void *)
TSAN_NOTHING(AnnotateCondVarSignalAll, void *)
TSAN_NOTHING(AnnotateCondVarWait, void *, void *)
TSAN_NOTHING(AnnotateEnableRaceDetection, int)
TSAN_NOTHING(AnnotateExpectRace, void *, const char *)
TSAN_NOTHING(AnnotateFlushExpectedRaces)
TSAN_NOTHING(AnnotateFlushState)
TSAN_NOTHING(AnnotateMemoryIsInitialized, void *, size_t)
TSAN_NOTHING(AnnotateMemoryIsUninitialized, void *, size_t)
TSAN_NOTHING(AnnotateMutexIsNotPHB, void *)
TSAN_NOTHING(AnnotateMutexIsUsedAsCondVar, void *)
TSAN_NOTHING(AnnotateNoOp, void *)
TSAN_NOTHING(AnnotatePCQCreate, void *)
TSAN_NOTHING(AnnotatePCQDestroy, void *)
TSAN_NOTHING(AnnotatePCQGet, void *)
TSAN_NOTHING(AnnotatePCQPut, void *)
TSAN_NOTHING(AnnotatePublishMemoryRange, void *, size_t)
TSAN_NOTHING(AnnotateTraceMemory, void *)
TSAN_NOTHING(AnnotateUnpublishMemoryRange, void *, size_t)
// Of atomic operations, which are followed as such.
TSAN_NOTHING(WTFAnnotateHappensBefore, void *)
TSAN_NOTHING(WTFAnnotateHappensAfter, void *)

HEDDLE_EXPORT int RunningOnValgrind() { return 0; }
HEDDLE_EXPORT __attribute__((weak)) double ValgrindSlowdown() { return 10; }
HEDDLE_EXPORT const char *ThreadSanitizerQuery(const char *Query) {
  return __builtin_strcmp(Query, "pure_happens_before") ? "0" : "1";
}
