// A sleeper notes in which epoch every other thread is: what one did in an
// earlier one was done before.
#include "detect/Slept.h"

#include "base/Arena.h"
#include "base/SpinLock.h"
#include "detect/Threads.h"
#include "event/Place.h"

namespace heddle {
namespace {

constexpr size_t kMaxThreads = 256; // of a note; a hint need not be complete

struct Note {
  Note *Next;
  const StrandRecord *Sleeper;
  uint32_t Stack;
  size_t Count;
  EpochWord Epochs[kMaxThreads];
};

SpinLock gLock;
Note *gNotes HEDDLE_GUARDED_BY(gLock) = nullptr;

Note *findNote(const Strand &S) HEDDLE_REQUIRES(gLock) {
  Note *N = gNotes;
  while (N && N->Sleeper != S.Record)
    N = N->Next;
  return N;
}

Note *noteOf(const Strand &S) HEDDLE_REQUIRES(gLock) {
  if (Note *N = findNote(S))
    return N;
  Note *N = arenaNew<Note>();
  if (!N)
    return nullptr;
  N->Sleeper = S.Record;
  N->Next = gNotes;
  gNotes = N;
  return N;
}

} // namespace

void noteSleep(Strand &S, uintptr_t Pc, const void *Frame) {
  if (!isWatched(S))
    return;
  uint32_t Stack = stackHere(Pc, Frame);
  SpinLockHolder Hold(gLock);
  Note *N = noteOf(S);
  if (!N)
    return;
  N->Stack = Stack;
  N->Count = threadEpochs(N->Epochs, kMaxThreads);
}

uint32_t sleptSince(const Strand &S, EpochWord E) {
  SpinLockHolder Hold(gLock);
  const Note *N = findNote(S);
  for (size_t I = 0; N && I < N->Count; ++I)
    if (sameSlot(N->Epochs[I], E) && clockOf(E) <= clockOf(N->Epochs[I]))
      return N->Stack;
  return 0;
}

} // namespace heddle
