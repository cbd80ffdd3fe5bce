// Counts the strands that are present.
#include "event/Alone.h"

#include "base/SpinLock.h"
#include "heddle/Abi.h"

namespace heddle {
namespace {

struct Presence {
  SpinLock Lock;
  uint64_t Count HEDDLE_GUARDED_BY(Lock) = 0;
  bool Allowed HEDDLE_GUARDED_BY(Lock) = false;
  bool Unknown HEDDLE_GUARDED_BY(Lock) = false;
  HeddleThreadBlock *Block HEDDLE_GUARDED_BY(Lock) = nullptr; // of Who's thread
  std::atomic<Strand *> Who{nullptr};                         // is alone

  void begin(Strand &S) HEDDLE_REQUIRES(Lock) {
    if (Count != 1 || !Allowed || Unknown || !isWatched(S) || S.Finished)
      return;
    if (threadState().Current != &S)
      return;
    Block = &heddle_thread_block;
    Who.store(&S, std::memory_order_relaxed);
    S.Alone = true;
    refreshBlock(S);
  }

  // For another thread than Who's. It learns of it in isStillAlone(), which its
  // next access leads to.
  void endFromOutside() HEDDLE_REQUIRES(Lock) {
    if (!Who.load(std::memory_order_relaxed))
      return;
    // Ordering: the owner stores its epoch, then looks at Who
    // (refreshBlock()); here it is the other way round.
    Who.store(nullptr, std::memory_order_seq_cst);
    __atomic_store_n(&Block->Epoch, HEDDLE_NO_EPOCH, __ATOMIC_SEQ_CST);
  }

  void end(Strand &S) HEDDLE_REQUIRES(Lock) {
    Who.store(nullptr, std::memory_order_relaxed);
    S.Alone = false;
    refreshBlock(S);
  }
};

constinit Presence Here;

} // namespace

void allowAlone() {
  Strand &S = currentStrand();
  SpinLockHolder Hold(Here.Lock);
  Here.Allowed = true;
  Here.begin(S);
}

void endAlone(Strand &S) {
  SpinLockHolder Hold(Here.Lock);
  if (S.Alone)
    Here.end(S);
}

void strandComes(Strand *Parent) {
  SpinLockHolder Hold(Here.Lock);
  if (Parent && Parent->Alone)
    Here.end(*Parent);
  else
    Here.endFromOutside();
  Here.Unknown |= !Parent && Here.Count;
  ++Here.Count;
}

void strandJoined(Strand &By) {
  SpinLockHolder Hold(Here.Lock);
  --Here.Count;
  Here.begin(By);
}

void mayMeetUnknownThreads() {
  SpinLockHolder Hold(Here.Lock);
  Here.Unknown = true;
  Strand *S = threadState().Current;
  if (S && S->Alone)
    Here.end(*S);
  else
    Here.endFromOutside();
}

bool isStillAlone(Strand &S) {
  if (__builtin_expect(Here.Who.load(std::memory_order_seq_cst) == &S, true))
    return true;
  S.Alone = false;
  if (threadState().Current == &S)
    refreshBlock(S);
  return false;
}

void lockAlone() HEDDLE_NO_THREAD_SAFETY { Here.Lock.lock(); }
void unlockAlone() HEDDLE_NO_THREAD_SAFETY { Here.Lock.unlock(); }

} // namespace heddle
