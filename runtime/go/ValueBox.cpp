// Counted boxes: made, shared, destroyed with the last reference.
#include "go/ValueBox.h"

namespace go::detail {

ValueBox *boxMake(void *Value, void (*Destroy)(void *)) {
  auto *B = makeUnseen<ValueBox>();
  B->Value = Value;
  B->Destroy = Destroy;
  return B;
}

void boxRetain(ValueBox *B) noexcept {
  // Ordering: relaxed; a copy is made from a reference that is alive.
  if (B)
    B->Count.fetch_add(1, std::memory_order_relaxed);
}

void boxRelease(ValueBox *B) noexcept {
  if (!B)
    return;
  edgeRelease(B->Dropped);
  // Ordering: acq_rel; the last one sees all that the others did.
  if (B->Count.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  edgeAcquire(B->Dropped);
  B->Destroy(B->Value);
  deleteUnseen(B);
}

void *boxValue(ValueBox *B) noexcept { return B ? B->Value : nullptr; }

} // namespace go::detail
