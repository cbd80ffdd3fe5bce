// The detector's side of base/Hooks.h.
#include "detect/GoHooks.h"

#include "clock/Knowledge.h"
#include "detect/Access.h"
#include "detect/Deadlock.h"
#include "detect/Findings.h"
#include "event/StackWalk.h"
#include "heddle/Abi.h"
#include "sync/Sync.h"

namespace heddle {
namespace {

uintptr_t callerPc(void *ReturnAddress) {
  return reinterpret_cast<uintptr_t>(ReturnAddress);
}

Strand *create(uint64_t Id, const char *Name, SourceSite Site) {
  return createStrand(currentStrand(), Id, true, Name, Site);
}

void finish(Strand *S) { finishStrand(*S); }

Strand *current() { return &currentStrand(); }

void acquire(const void *Addr) { syncAcquire(currentStrand(), Addr); }

void release(const void *Addr) { syncRelease(currentStrand(), Addr); }

void releaseStore(const void *Addr) { syncReleaseStore(currentStrand(), Addr); }

void forget(const void *Addr, size_t Size) {
  forgetAccesses(Addr, Size);
  syncForget(Addr, Size);
}

Knowledge &knowledgeIn(InlineClock &Clock) {
  static_assert(sizeof(Knowledge) == sizeof(InlineClock));
  return reinterpret_cast<Knowledge &>(Clock);
}

void pass(Strand *S, InlineClock &Clock) {
  syncPass(S ? *S : currentStrand(), knowledgeIn(Clock));
}

void meet(Strand *Partner, const void *) {
  syncMeet(currentStrand(), *Partner);
}

void learn(const InlineClock &Clock) {
  syncAcquire(currentStrand(), reinterpret_cast<const Knowledge &>(Clock));
}

void publish(InlineClock &Clock) {
  syncRelease(currentStrand(), knowledgeIn(Clock));
}

void drop(InlineClock &Clock) { knowledgeIn(Clock).clear(); }

void readRange(const void *Addr, size_t Size) {
  if (isReadRecorded(Addr, Size))
    return;
  accessRange(currentStrand(), Addr, Size, false, heddle_thread_block.Context,
              callerPc(__builtin_return_address(0)));
}

void writeRange(const void *Addr, size_t Size) {
  accessRange(currentStrand(), Addr, Size, true, heddle_thread_block.Context,
              callerPc(__builtin_return_address(0)));
}

void locked(const void *Address, bool Exclusive, SourceSite) {
  lockAcquired(currentStrand(), Address,
               Exclusive ? LockKind::Exclusive : LockKind::Shared,
               callerPc(__builtin_return_address(0)));
}

void unlocking(const void *Address, bool Exclusive) {
  if (Exclusive)
    lockPassedOn(currentStrand(), Address);
  else
    lockReleased(currentStrand(), Address, LockKind::Shared);
}

void blocking(WaitKind Kind, const void *Object, SourceSite Site) {
  strandBlocking(currentStrand(), Kind, Object, Site);
}

void unblocked() { strandUnblocked(currentStrand()); }

bool isOrdered(const void *Addr) {
  return syncIsOrdered(currentStrand(), Addr);
}

void stackBounds(Strand *S, const void *Low, const void *High) {
  setStackBounds(*S, reinterpret_cast<uintptr_t>(Low),
                 reinterpret_cast<uintptr_t>(High));
}

constexpr DetectorHooks kHooks = {
    .strandCreate = create,
    .strandSwitch = switchStrand,
    .strandFinish = finish,
    .currentStrand = current,
    .acquire = acquire,
    .release = release,
    .releaseStore = releaseStore,
    .forget = forget,
    .pass = pass,
    .meet = meet,
    .learn = learn,
    .publish = publish,
    .drop = drop,
    .readRange = readRange,
    .writeRange = writeRange,
    .ignoreBegin = ignoreBegin,
    .ignoreEnd = ignoreEnd,
    .locked = locked,
    .unlocking = unlocking,
    .blocking = blocking,
    .unblocked = unblocked,
    .reportBlocked = reportBlocked,
    .reportMisuse = reportMisuse,
    .isOrdered = isOrdered,
    .exitCode = exitCode,
    .stackBounds = stackBounds,
};

} // namespace

void installGoHooks() { gDetector = &kHooks; }

} // namespace heddle
