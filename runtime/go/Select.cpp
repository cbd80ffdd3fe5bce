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
#include <cstdarg>
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

struct SelectCase {
  ChanCore *Chan;
  void *Element; // as From or To of chanSend and chanRecv
  bool IsSend;
  bool Ok; // out: a value was received
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

// Returns the index of the case that happened, or -1 if none was ready and
// HasOtherwise.
int selectAmong(SelectCase *Cases, int Count, bool HasOtherwise, Site At) {
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

SelectCase caseOf(CaseWords &W) {
  constexpr uint64_t kKind = 7;
  static_assert(alignof(ChanCore) > kKind);
  auto *C = reinterpret_cast<ChanCore *>(W.Head & ~kKind);
  auto *Memory = reinterpret_cast<void *>(W.Element);
  switch (CaseKind(W.Head & kKind)) {
  case CaseKind::RecvMemory:
    return {C, Memory, false, false};
  case CaseKind::RecvWord:
    return {C, &W.Element, false, false};
  case CaseKind::SendMemory:
    return {C, Memory, true, false};
  case CaseKind::SendWord:
    return {C, &W.Element, true, false};
  case CaseKind::Drop:
  case CaseKind::Otherwise:
    break;
  }
  return {C, nullptr, false, false};
}

bool isOtherwise(const CaseWords &W) {
  return W.Head == caseHead(CaseKind::Otherwise, nullptr);
}

Selected selectFrom(CaseWords *Words, int Count, Site At) {
  Room<SelectCase> Cases(Count);
  Room<int> CaseAt(Count); // in Words
  int Operations = 0, Otherwise = -1;
  for (int I = 0; I < Count; ++I) {
    if (isOtherwise(Words[I])) {
      Otherwise = I;
      continue;
    }
    Cases.get()[Operations] = caseOf(Words[I]);
    CaseAt.get()[Operations++] = I;
  }
  int Chosen = selectAmong(Cases.get(), Operations, Otherwise >= 0, At);
  if (Chosen < 0)
    return {Otherwise, false, 0};
  int Index = CaseAt.get()[Chosen];
  return {Index, Cases.get()[Chosen].Ok, Words[Index].Element};
}

} // namespace

Selected selectCases(const CaseWords *Cases, int Count, Site At) {
  Room<CaseWords> Words(Count);
  std::copy(Cases, Cases + Count, Words.get());
  return selectFrom(Words.get(), Count, At);
}

Selected selectWords(int Count, Site At, ...) {
  Room<CaseWords> Words(Count);
  va_list List;
  va_start(List, At);
  for (int I = 0; I < Count; ++I)
    Words.get()[I].Head = va_arg(List, uint64_t);
  for (int I = 0; I < Count; ++I)
    Words.get()[I].Element = va_arg(List, uint64_t);
  va_end(List);
  return selectFrom(Words.get(), Count, At);
}

} // namespace go::detail
