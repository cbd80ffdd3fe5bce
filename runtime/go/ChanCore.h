// The channel: a ring of slots and two queues of waiters.
//
// Invariants (under Lock):
// - At most one of RecvQueue and SendQueue is not empty, but for selects that
//   wait on both sides of one channel.
// - Count > 0 implies that RecvQueue is empty, Count < Capacity that SendQueue
//   is (waiters of selects that are decided already do not count).
// - Slots Head .. Head + Count - 1 (mod Capacity) hold elements.
//
// Clocks, for the detector: Clocks has one per slot, which each send to and
// receive from the slot acquires and releases; so the k-th receive is ordered
// after the k-th send, the (k + capacity)-th send after the k-th receive, and
// nothing else is. A value handed to a waiting receiver goes through its slot
// in clocks too.
//
// Reference: Go's runtime/chan.go.
#ifndef HEDDLE_GO_CHANCORE_H
#define HEDDLE_GO_CHANCORE_H

#include "go/Edges.h"
#include "go/detail/ChanCore.h"

#include <cstddef>

namespace go::detail {

struct ChanTimer; // see Timer.cpp

struct alignas(std::max_align_t) ChanCore {
  std::atomic<uint32_t> Lock{0};
  std::atomic<uint32_t> Handles{1};
  ElementOps Ops;
  ptrdiff_t Capacity = 0;
  ptrdiff_t Count = 0;
  ptrdiff_t Head = 0;
  bool Closed = false;
  Site MadeAt;
  Site ClosedAt;
  WaitQueue RecvQueue; // their own locks are not used
  WaitQueue SendQueue;
  ChanTimer *Timer = nullptr;
  alignas(8) char MeetClock[8] = {};     // unbuffered hand-over, under Lock
  alignas(8) char CloseClock[8] = {};    // of close
  alignas(8) char CloseRace[8] = {};     // read by send, written by close
  unsigned char *Slots = nullptr;        // behind it
  heddle::InlineClock *Clocks = nullptr; // before Slots; null: no detector

  // Requires: Index < 2 * Capacity.
  ptrdiff_t wrapped(ptrdiff_t Index) const {
    return Index < Capacity ? Index : Index - Capacity;
  }
  unsigned char *slot(ptrdiff_t Index) {
    return Slots + size_t(wrapped(Index)) * Ops.Size;
  }
};

// One attempt without waiting. Requires: C.Lock is held. On true the operation
// is done; Wake, if set, is to be made ready after the unlock.
bool sendNow(ChanCore &C, void *From, Waiter *&Wake);
enum class RecvResult : unsigned char { Wait, Value, Closed };
RecvResult recvNow(ChanCore &C, void *To, Waiter *&Wake);

void describeChan(const void *Object, heddle::SourceSite &MadeAt,
                  uint64_t State[3]);
[[noreturn]] void panicSendOnClosed(ChanCore &C, Site At);
// A send looks at the channel as close writes it.
inline void noteSend(ChanCore &C) {
  if (gDetector)
    gDetector->readRange(C.CloseRace, 1);
}

// Disarms the timer of a channel that nobody can receive from any more.
void dropChanTimer(ChanTimer *T);

} // namespace go::detail
#endif
