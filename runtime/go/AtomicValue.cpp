// AtomicValue: a pointer to a counted box, exchanged under a spin lock.
//
// Clocks: a store releases at its box and a load acquires there, so a load is
// ordered after the store that it sees and after no other.
#include "go/AtomicValue.h"

#include "go/ValueBox.h"

namespace sched = heddle::sched;

namespace go::detail {

ValueBox *slotLoad(ValueSlot &S) {
  sched::schedulePoint();
  edgeUse(&S);
  sched::LockWordHolder Hold(S.Lock);
  boxRetain(S.Box);
  if (S.Box)
    edgeAcquire(S.Box->Stored);
  return S.Box;
}

ValueBox *slotSwap(ValueSlot &S, ValueBox *New) {
  sched::schedulePoint();
  edgeUse(&S);
  if (New)
    edgeRelease(New->Stored);
  sched::LockWordHolder Hold(S.Lock);
  ValueBox *Old = S.Box;
  S.Box = New;
  if (Old)
    edgeAcquire(Old->Stored);
  return Old;
}

bool slotCompareSwap(ValueSlot &S, ValueBox *Old, ValueBox *New) {
  sched::schedulePoint();
  edgeUse(&S);
  edgeRelease(New->Stored);
  sched::LockWordHolder Hold(S.Lock);
  if (S.Box != Old)
    return false;
  S.Box = New;
  boxRelease(Old); // the slot's count; the caller has one of its own
  return true;
}

} // namespace go::detail
