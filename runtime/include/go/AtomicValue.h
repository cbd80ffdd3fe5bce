// AtomicValue<T>: a value that is replaced as a whole while others read it.
//
//   go::AtomicValue<Config> Current(load());
//   void reload() { Current.store(load()); }           // copy on write
//   int limit() { return Current.load()->Limit; }      // a snapshot
//
// Happens-before: a store -> every load that gets its value.
#ifndef GO_ATOMICVALUE_H
#define GO_ATOMICVALUE_H

#include "go/detail/Base.h"
#include "go/detail/WaitQueue.h"

#include <utility>

namespace go {
namespace detail {

// One stored value, counted.
struct ValueBox;
GO_EXPORT ValueBox *boxMake(void *Value, void (*Destroy)(void *));
GO_EXPORT void boxRetain(ValueBox *B) noexcept;
GO_EXPORT void boxRelease(ValueBox *B) noexcept;
GO_EXPORT void *boxValue(ValueBox *B) noexcept;

struct ValueSlot {
  std::atomic<std::uint32_t> Lock{0};
  ValueBox *Box = nullptr;
};
GO_EXPORT ValueBox *slotLoad(ValueSlot &S);                // counted
GO_EXPORT ValueBox *slotSwap(ValueSlot &S, ValueBox *New); // the old one
GO_EXPORT bool slotCompareSwap(ValueSlot &S, ValueBox *Old, ValueBox *New);
} // namespace detail

// What load returns: keeps its value alive; null before the first store.
template <class T> class Snapshot {
public:
  Snapshot() = default;
  explicit Snapshot(detail::ValueBox *Adopted) : Box(Adopted) {}
  Snapshot(const Snapshot &O) : Box(O.Box) { detail::boxRetain(Box); }
  Snapshot(Snapshot &&O) noexcept : Box(std::exchange(O.Box, nullptr)) {}
  Snapshot &operator=(Snapshot O) noexcept {
    std::swap(Box, O.Box);
    return *this;
  }
  ~Snapshot() { detail::boxRelease(Box); }

  const T *get() const { return static_cast<const T *>(detail::boxValue(Box)); }
  const T &operator*() const { return *get(); }
  const T *operator->() const { return get(); }
  explicit operator bool() const { return Box != nullptr; }
  detail::ValueBox *box() const { return Box; }

private:
  detail::ValueBox *Box = nullptr;
};

template <class T> class AtomicValue {
public:
  constexpr AtomicValue() noexcept = default;
  explicit AtomicValue(T Value) { store(std::move(Value)); }
  AtomicValue(const AtomicValue &) = delete;
  AtomicValue &operator=(const AtomicValue &) = delete;
  ~AtomicValue() { detail::boxRelease(detail::slotSwap(Slot, nullptr)); }

  GO_ROLE("atomic_load") Snapshot<T> load() const {
    return Snapshot<T>(detail::slotLoad(Slot));
  }
  GO_ROLE("atomic_store") void store(T Value) {
    detail::boxRelease(detail::slotSwap(Slot, make(std::move(Value))));
  }
  // Stores Value and returns what was there.
  Snapshot<T> swap(T Value) {
    return Snapshot<T>(detail::slotSwap(Slot, make(std::move(Value))));
  }
  // Stores Value if Old is still what load returns; says whether it did.
  bool compareAndSwap(const Snapshot<T> &Old, T Value) {
    detail::ValueBox *New = make(std::move(Value));
    if (detail::slotCompareSwap(Slot, Old.box(), New))
      return true;
    detail::boxRelease(New);
    return false;
  }

private:
  static detail::ValueBox *make(T &&Value) {
    return detail::boxMake(new T(std::move(Value)),
                           [](void *P) { delete static_cast<T *>(P); });
  }
  mutable detail::ValueSlot Slot;
};

} // namespace go
#endif
