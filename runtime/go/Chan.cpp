// The operations of channels, over elements of any type.
#include "go/ChanCore.h"

#include "go/Panic.h"
#include "sched/Sanitizers.h"

#include <cstring>
#include <limits>
#include <new>

namespace sched = heddle::sched;
using heddle::MisuseKind;
using heddle::WaitKind;

namespace go::detail {
namespace {

// Small ones without a call, which a detector would see.
void copy(void *To, const void *From, size_t Size) {
  switch (Size) {
  case 1:
    memcpy(To, From, 1);
    return;
  case 4:
    memcpy(To, From, 4);
    return;
  case 8:
    memcpy(To, From, 8);
    return;
  default:
    Unseen Quiet;
    memcpy(To, From, Size);
  }
}

void move(const ChanCore &C, void *To, void *From) {
  if (!To)
    return;
  if (!C.Ops.Move)
    return copy(To, From, C.Ops.Size);
  Unseen Quiet;
  C.Ops.Move(To, From);
}

void destroy(const ChanCore &C, void *At) {
  if (!C.Ops.Destroy)
    return;
  Unseen Quiet;
  C.Ops.Destroy(At);
}

// Takes the first waiter that can still be served; of a select, decides it.
Waiter *claim(WaitQueue &Q) {
  while (Waiter *W = popFront(Q)) {
    Waiter *None = nullptr;
    // Ordering: acq_rel; the winner's writes to W are read after park().
    if (!W->Decided ||
        W->Decided->compare_exchange_strong(None, W, std::memory_order_acq_rel))
      return W;
  }
  return nullptr;
}

// -- edges
// -----------------------------------------------------------------------

// A strand, null for the current one, passes through the slot of operation
// Index.
void throughSlot(ChanCore &C, ptrdiff_t Index,
                 heddle::Strand *Parked = nullptr) {
  if (gDetector && C.Clocks)
    gDetector->pass(Parked, C.Clocks[C.wrapped(Index)]);
}

// The parked partner passes through the slot. A plain thread cannot be spoken
// for: the current strand passes on what the thread released when it parked,
// which orders somewhat more than the channel does.
void partnerThroughSlot(ChanCore &C, ptrdiff_t Index, Waiter &W) {
  if (!gDetector)
    return;
  if (W.Who.G)
    return throughSlot(C, Index, W.Who.DetectorStrand);
  gDetector->acquire(&W);
  throughSlot(C, Index);
  gDetector->releaseStore(&W);
}

// Two parties meet: each is ordered after what the other did before.
void meet(ChanCore &C, Waiter &W) {
  if (!gDetector)
    return;
  if (W.Who.G)
    return gDetector->meet(W.Who.DetectorStrand, C.MeetClock);
  gDetector->acquire(&W);
  gDetector->releaseStore(&W);
}

void beforePark(Waiter &W) {
  if (gDetector && !W.Who.G)
    gDetector->releaseStore(&W);
}
void afterPark(Waiter &W) {
  if (gDetector && !W.Who.G)
    gDetector->acquire(&W);
}

// -- waiting
// ---------------------------------------------------------------------

void unlockChan(void *C) {
  sched::unlockWord(static_cast<ChanCore *>(C)->Lock);
}

// Requires: C.Lock is held; returns without it.
void wait(ChanCore &C, WaitQueue &Q, Waiter &W, void *Element, WaitKind Kind,
          Site At) {
  W.Who = sched::self();
  W.Element = Element;
  beforePark(W);
  pushBack(Q, W);
  sched::WaitInfo Info{Kind, &C, toSite(At), &describeChan};
  sched::park(Info, &unlockChan, &C);
  afterPark(W);
}

[[noreturn]] void waitOnNil(WaitKind Kind, Site At) {
  sched::WaitInfo Info{Kind, nullptr, toSite(At), nullptr};
  sched::parkForever(Info);
}

void unlockAndWake(ChanCore &C, Waiter *Wake) {
  sched::unlockWord(C.Lock);
  if (Wake)
    sched::ready(Wake->Who);
}

} // namespace

// -- one attempt
// -------------------------------------------------------------------

bool sendNow(ChanCore &C, void *From, Waiter *&Wake) {
  if (Waiter *W = claim(C.RecvQueue)) {
    if (C.Capacity) { // the buffer is empty: through its next slot in clocks
      throughSlot(C, C.Head);
      partnerThroughSlot(C, C.Head, *W);
      C.Head = C.wrapped(C.Head + 1);
    } else {
      meet(C, *W);
    }
    move(C, W->Element, From);
    W->Ok = true;
    Wake = W;
    return true;
  }
  if (C.Count == C.Capacity)
    return false;
  ptrdiff_t Index = C.Head + C.Count;
  throughSlot(C, Index);
  move(C, C.slot(Index), From);
  ++C.Count;
  return true;
}

RecvResult recvNow(ChanCore &C, void *To, Waiter *&Wake) {
  if (C.Count) {
    unsigned char *Slot = C.slot(C.Head);
    throughSlot(C, C.Head);
    move(C, To, Slot);
    destroy(C, Slot);
    if (Waiter *W = claim(C.SendQueue)) { // its value takes the free slot
      partnerThroughSlot(C, C.Head, *W);
      move(C, Slot, W->Element);
      W->Ok = true;
      Wake = W;
    } else {
      --C.Count;
    }
    C.Head = C.wrapped(C.Head + 1);
    return RecvResult::Value;
  }
  if (Waiter *W = claim(C.SendQueue)) {
    meet(C, *W);
    move(C, To, W->Element);
    W->Ok = true;
    Wake = W;
    return RecvResult::Value;
  }
  if (!C.Closed)
    return RecvResult::Wait;
  edgeAcquire(C.CloseClock);
  return RecvResult::Closed;
}

// -- the operations
// ------------------------------------------------------------------

ChanCore *chanMake(const ElementOps &Ops, ptrdiff_t Capacity, Site At) {
  size_t ClockSize = sched::mayBeWatched() ? sizeof(heddle::InlineClock) : 0;
  constexpr auto Most = size_t(std::numeric_limits<ptrdiff_t>::max()) / 2;
  if (Capacity < 0 || size_t(Capacity) > Most / (Ops.Size + ClockSize))
    throw Panic("makechan: size out of range", At);
  Unseen Quiet;
  // What operator new aligns suffices for most: the room to align more is in
  // the block, as an aligned one costs several times as much.
  size_t Slack = Ops.Align > alignof(std::max_align_t) ? Ops.Align : 0;
  auto *C = ::new (::operator new(sizeof(ChanCore) + Slack +
                                  size_t(Capacity) * (Ops.Size + ClockSize)))
      ChanCore;
  C->Slots =
      reinterpret_cast<unsigned char *>(C + 1) + size_t(Capacity) * ClockSize;
  if (ClockSize)
    C->Clocks = ::new (C + 1) heddle::InlineClock[size_t(Capacity)];
  if (Slack)
    C->Slots = reinterpret_cast<unsigned char *>(
        (reinterpret_cast<uintptr_t>(C->Slots) + Slack - 1) & ~(Slack - 1));
  C->Ops = Ops;
  C->Capacity = Capacity;
  C->MadeAt = At;
  return C;
}

void chanRetain(ChanCore *C) noexcept {
  // Ordering: relaxed; a copy is made from a handle that is alive.
  if (C)
    C->Handles.fetch_add(1, std::memory_order_relaxed);
}

void chanRelease(ChanCore *C) noexcept {
  // Ordering: acq_rel; the last one sees all that the others did.
  if (!C || C->Handles.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  if (C->Timer)
    dropChanTimer(C->Timer);
  for (ptrdiff_t I = 0; I < C->Count; ++I)
    destroy(*C, C->slot(C->Head + I));
  edgeForget(C, sizeof(ChanCore));
  for (ptrdiff_t I = 0; C->Clocks && I < C->Capacity; ++I)
    gDetector->drop(C->Clocks[I]);
  Unseen Quiet;
  C->~ChanCore();
  ::operator delete(C);
}

void panicSendOnClosed(ChanCore &C, Site At) {
  reportMisuse(MisuseKind::SendOnClosed, &C, At, C.ClosedAt);
  throw Panic("send on closed channel", At);
}

void chanSend(ChanCore *C, void *From, Site At) {
  sched::schedulePoint();
  if (!C)
    waitOnNil(WaitKind::ChanSendNil, At);
  noteSend(*C);
  sched::lockWord(C->Lock);
  if (C->Closed) {
    sched::unlockWord(C->Lock);
    panicSendOnClosed(*C, At);
  }
  Waiter *Wake = nullptr;
  if (sendNow(*C, From, Wake))
    return unlockAndWake(*C, Wake);
  Waiter W;
  wait(*C, C->SendQueue, W, From, WaitKind::ChanSend, At);
  if (!W.Ok)
    panicSendOnClosed(*C, At);
}

bool chanRecv(ChanCore *C, void *To, Site At) {
  sched::schedulePoint();
  if (!C)
    waitOnNil(WaitKind::ChanRecvNil, At);
  sched::lockWord(C->Lock);
  Waiter *Wake = nullptr;
  RecvResult R = recvNow(*C, To, Wake);
  if (R != RecvResult::Wait) {
    unlockAndWake(*C, Wake);
    return R == RecvResult::Value;
  }
  Waiter W;
  wait(*C, C->RecvQueue, W, To, WaitKind::ChanRecv, At);
  if (!W.Ok)
    edgeAcquire(C->CloseClock);
  return W.Ok;
}

bool chanTrySend(ChanCore *C, void *From, Site At) {
  sched::schedulePoint();
  if (!C)
    return false;
  noteSend(*C);
  sched::lockWord(C->Lock);
  if (C->Closed) {
    sched::unlockWord(C->Lock);
    panicSendOnClosed(*C, At);
  }
  Waiter *Wake = nullptr;
  bool Sent = sendNow(*C, From, Wake);
  unlockAndWake(*C, Wake);
  return Sent;
}

TryResult chanTryRecv(ChanCore *C, void *To, Site) {
  sched::schedulePoint();
  if (!C)
    return TryResult::NotReady;
  sched::lockWord(C->Lock);
  Waiter *Wake = nullptr;
  RecvResult R = recvNow(*C, To, Wake);
  unlockAndWake(*C, Wake);
  return R == RecvResult::Wait     ? TryResult::NotReady
         : R == RecvResult::Closed ? TryResult::Closed
                                   : TryResult::Done;
}

// An element of fewer bytes than a word is its first ones.
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

void chanSendWord(ChanCore *C, uint64_t Word, Site At) {
  chanSend(C, &Word, At);
}

WordResult chanRecvWord(ChanCore *C, Site At) {
  uint64_t Word = 0;
  bool Ok = chanRecv(C, &Word, At);
  return {Word, Ok ? TryResult::Done : TryResult::Closed};
}

bool chanTrySendWord(ChanCore *C, uint64_t Word, Site At) {
  return chanTrySend(C, &Word, At);
}

WordResult chanTryRecvWord(ChanCore *C, Site At) {
  uint64_t Word = 0;
  TryResult Result = chanTryRecv(C, &Word, At);
  return {Word, Result};
}

void chanClose(ChanCore *C, Site At) {
  sched::schedulePoint();
  if (!C) {
    reportMisuse(MisuseKind::CloseOfNil, nullptr, At);
    throw Panic("close of nil channel", At);
  }
  if (gDetector)
    gDetector->writeRange(C->CloseRace, 1);
  WaitQueue Woken;
  sched::lockWord(C->Lock);
  if (C->Closed) {
    Site Before = C->ClosedAt;
    sched::unlockWord(C->Lock);
    reportMisuse(MisuseKind::CloseOfClosed, C, At, Before);
    throw Panic("close of closed channel", At);
  }
  edgeRelease(C->CloseClock);
  C->Closed = true;
  C->ClosedAt = At;
  while (Waiter *W = claim(C->RecvQueue))
    pushBack(Woken, *W);
  while (Waiter *W = claim(C->SendQueue))
    pushBack(Woken, *W);
  sched::unlockWord(C->Lock);
  while (Waiter *W = popFront(Woken))
    sched::ready(W->Who);
}

ptrdiff_t chanLen(const ChanCore *C) noexcept {
  if (!C || C->Timer)
    return 0; // a timer's value is seen by those who receive only
  sched::LockWordHolder Hold(const_cast<ChanCore *>(C)->Lock);
  return C->Count;
}

ptrdiff_t chanCap(const ChanCore *C) noexcept {
  return C && !C->Timer ? C->Capacity : 0;
}

void describeChan(const void *Object, heddle::SourceSite &MadeAt,
                  uint64_t State[3]) {
  auto *C = static_cast<const ChanCore *>(Object);
  MadeAt = toSite(C->MadeAt);
  State[0] = uint64_t(C->Capacity);
  State[1] = uint64_t(C->Count);
}

} // namespace go::detail
