// select: one of several channel operations.
//
// Three passes, as in Go's runtime/select.go: with all channels locked, in
// order of address, look for a case that is ready, from a random start in
// random order; else queue a waiter on every channel and park, which unlocks
// them; once woken, take the losers off their queues. Who completes a case
// first sets the waiters' common word Decided, so exactly one case happens, and
// a select never meets itself because nothing is queued while it looks.
#include "go/ChanCore.h"

#include <algorithm>
#include <memory>

namespace sched = heddle::sched;
using heddle::WaitKind;

namespace go::detail {
namespace {

constexpr int kInline = 4;

// One array per purpose; small selects take no memory from the heap.
template <class T> class Room {
public:
  explicit Room(int Count)
      : Large(Count > kInline ? new T[size_t(Count)] : nullptr) {}
  T *get() { return Large ? Large.get() : Small; }

private:
  T Small[kInline];
  std::unique_ptr<T[]> Large;
};

class Selection {
public:
  Selection(SelectCase *Cases, int Count)
      : Cases(Cases), Count(Count), LockOrder(Count), PollOrder(Count) {
    for (int I = 0; I < Count; ++I) {
      ChanCore *C = Cases[I].Chan;
      if (!C)
        continue; // nil is never ready
      LockOrder.get()[Locks++] = C;
      int At = int(sched::choose(uint32_t(Polls + 1))); // a random permutation
      PollOrder.get()[Polls] = PollOrder.get()[At];
      PollOrder.get()[At] = I;
      ++Polls;
    }
    if (Locks < 2)
      return;
    if (Locks == 2) {
      if (LockOrder.get()[1] < LockOrder.get()[0])
        std::swap(LockOrder.get()[0], LockOrder.get()[1]);
    } else {
      std::sort(LockOrder.get(), LockOrder.get() + Locks);
    }
    Locks = int(std::unique(LockOrder.get(), LockOrder.get() + Locks) -
                LockOrder.get());
  }

  bool empty() const { return !Polls; }
  void lockAll() {
    for (int I = 0; I < Locks; ++I)
      sched::lockWord(LockOrder.get()[I]->Lock);
  }
  void unlockAll() {
    for (int I = Locks; I-- > 0;)
      sched::unlockWord(LockOrder.get()[I]->Lock);
  }

  // Does the first case that is ready and returns its index, or -1. Requires:
  // all are locked. ClosedSend: that case is a send on a closed channel.
  int tryAll(Waiter *&Wake, bool &ClosedSend) {
    for (int P = 0; P < Polls; ++P) {
      int I = PollOrder.get()[P];
      SelectCase &S = Cases[I];
      if (S.IsSend) {
        if ((ClosedSend = S.Chan->Closed))
          return I;
        if (sendNow(*S.Chan, S.Element, Wake))
          return I;
      } else if (RecvResult R = recvNow(*S.Chan, S.Element, Wake);
                 R != RecvResult::Wait) {
        S.Ok = R == RecvResult::Value;
        return I;
      }
    }
    return -1;
  }

  // Requires: all are locked; returns with none locked and the case decided.
  int wait(Site At) {
    Room<Waiter> Waiters(Count);
    std::atomic<Waiter *> Decided{nullptr};
    sched::Sleeper Me = sched::self();
    // In random order: of several cases on one channel each has its chance.
    for (int P = 0; P < Polls; ++P) {
      int I = PollOrder.get()[P];
      Waiter &W = Waiters.get()[I];
      W.Who = Me;
      W.Element = Cases[I].Element;
      W.Decided = &Decided;
      if (gDetector && !Me.G)
        gDetector->releaseStore(&W);
      pushBack(queueOf(Cases[I]), W);
    }
    // A select on one object names it, as a plain operation would.
    sched::WaitInfo Info{WaitKind::Select,
                         Locks == 1 ? *LockOrder.get() : nullptr, toSite(At),
                         Locks == 1 ? &describeChan : nullptr};
    sched::park(Info, &unlockCallback, this);

    Waiter *Winner = Decided.load(std::memory_order_acquire);
    lockAll();
    for (int I = 0; I < Count; ++I)
      if (Waiters.get()[I].Queued)
        remove(queueOf(Cases[I]), Waiters.get()[I]);
    unlockAll();
    int Index = int(Winner - Waiters.get());
    Cases[Index].Ok = Winner->Ok;
    if (gDetector && !Me.G)
      gDetector->acquire(Winner);
    return Index;
  }

private:
  static void unlockCallback(void *P) {
    static_cast<Selection *>(P)->unlockAll();
  }
  static WaitQueue &queueOf(SelectCase &S) {
    return S.IsSend ? S.Chan->SendQueue : S.Chan->RecvQueue;
  }

  SelectCase *Cases;
  int Count;
  int Locks = 0;
  int Polls = 0;
  Room<ChanCore *> LockOrder;
  Room<int> PollOrder;
};

} // namespace

int selectCases(SelectCase *Cases, int Count, bool HasOtherwise, Site At) {
  sched::schedulePoint();
  for (int I = 0; I < Count; ++I)
    if (Cases[I].IsSend && Cases[I].Chan)
      noteSend(*Cases[I].Chan);
  Selection S(Cases, Count);
  if (S.empty() && !HasOtherwise) {
    sched::WaitInfo Info{Count ? WaitKind::Select : WaitKind::SelectNoCases,
                         nullptr, toSite(At), nullptr};
    sched::parkForever(Info);
  }
  S.lockAll();
  Waiter *Wake = nullptr;
  bool ClosedSend = false;
  int Index = S.tryAll(Wake, ClosedSend);
  if (Index >= 0 || HasOtherwise) {
    S.unlockAll();
    if (Wake)
      sched::ready(Wake->Who);
  } else {
    Index = S.wait(At);
    ClosedSend = Cases[Index].IsSend && !Cases[Index].Ok;
    if (!Cases[Index].IsSend && !Cases[Index].Ok)
      edgeAcquire(Cases[Index].Chan->CloseClock);
  }
  if (ClosedSend)
    panicSendOnClosed(*Cases[Index].Chan, At);
  return Index;
}

} // namespace go::detail
