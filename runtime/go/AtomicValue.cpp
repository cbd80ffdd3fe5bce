// AtomicValue: a pointer to a counted box, exchanged under a spin lock.
//
// Clocks: a store releases at its box and a load acquires there, so a load is
// ordered after the store that it sees and after no other.
#include "go/AtomicValue.h"

#include "go/Edges.h"

namespace sched = heddle::sched;

namespace go::detail {

struct ValueBox {
  std::atomic<long> Count{1};
  void *Value;
  void (*Destroy)(void *);
  alignas(8) char Clock[8] = {};
};

ValueBox *boxMake(void *Value, void (*Destroy)(void *)) {
  auto *B = makeUnseen<ValueBox>();
  B->Value = Value;
  B->Destroy = Destroy;
  return B;
}

void boxRetain(ValueBox *B) noexcept {
  if (B)
    B->Count.fetch_add(1, std::memory_order_relaxed);
}

void boxRelease(ValueBox *B) noexcept {
  if (!B)
    return;
  // The one that destroys the value is ordered after all that have read it.
  edgeRelease(B->Clock);
  // Ordering: acq_rel; the last one sees all that the others did.
  if (B->Count.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  edgeAcquire(B->Clock);
  B->Destroy(B->Value);
  deleteUnseen(B);
}

void *boxValue(ValueBox *B) noexcept { return B ? B->Value : nullptr; }

ValueBox *slotLoad(ValueSlot &S) {
  sched::schedulePoint();
  edgeUse(&S);
  sched::LockWordHolder Hold(S.Lock);
  boxRetain(S.Box);
  if (S.Box)
    edgeAcquire(&S.Box->Value);
  return S.Box;
}

ValueBox *slotSwap(ValueSlot &S, ValueBox *New) {
  sched::schedulePoint();
  edgeUse(&S);
  if (New)
    edgeRelease(&New->Value);
  sched::LockWordHolder Hold(S.Lock);
  ValueBox *Old = S.Box;
  S.Box = New;
  if (Old)
    edgeAcquire(&Old->Value);
  return Old;
}

bool slotCompareSwap(ValueSlot &S, ValueBox *Old, ValueBox *New) {
  sched::schedulePoint();
  edgeUse(&S);
  edgeRelease(&New->Value);
  sched::LockWordHolder Hold(S.Lock);
  if (S.Box != Old)
    return false;
  S.Box = New;
  boxRelease(Old); // the slot's count; the caller has one of its own
  return true;
}

} // namespace go::detail
