// AtomicValue<T>: a value that is replaced as a whole while others read it.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <vector>
//
//   go::AtomicValue<std::vector<int>> Limits({1, 2});
//   int main() {
//     return go::main([] {
//       auto Old = Limits.load();             // a snapshot, never changed
//       go::WaitGroup Wg;
//       Wg.go([] { Limits.store({3, 4, 5}); }); // copy on write
//       Wg.wait();
//       std::printf("%zu %zu\n", Old->size(), Limits.load()->size());
//     });                                     // prints 2 3
//   }
//
// Its type is static, so Go's panics on a nil or a value of another type do not
// compile. For numbers and pointers std::atomic does the same: sequentially
// consistent by default, as Go's atomics are.
//
// Happens-before: a store -> every load that gets its value.
#ifndef GO_ATOMICVALUE_H
#define GO_ATOMICVALUE_H

#include "go/detail/Base.h"
#include "go/detail/Shared.h"

#include <atomic>
#include <cstdint>
#include <utility>

namespace go {
namespace detail {

struct ValueSlot {
  std::atomic<std::uint32_t> Lock{0};
  ValueBox *Box = nullptr;
};
GO_EXPORT ValueBox *slotLoad(ValueSlot &S);                // counted
GO_EXPORT ValueBox *slotSwap(ValueSlot &S, ValueBox *New); // the old one
GO_EXPORT bool slotCompareSwap(ValueSlot &S, ValueBox *Old, ValueBox *New);
} // namespace detail

// What load returns: keeps its value alive; null before the first store.
template <class T> using Snapshot = detail::Shared<const T>;

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
  GO_ROLE("atomic_swap") Snapshot<T> swap(T Value) {
    return Snapshot<T>(detail::slotSwap(Slot, make(std::move(Value))));
  }
  // Stores Value if Old is still what load returns; says whether it did.
  GO_ROLE("atomic_compare_swap")
  bool compareAndSwap(const Snapshot<T> &Old, T Value) {
    detail::ValueBox *New = make(std::move(Value));
    if (detail::slotCompareSwap(Slot, Old.box(), New))
      return true;
    detail::boxRelease(New);
    return false;
  }

private:
  static detail::ValueBox *make(T &&Value) {
    return detail::boxOf(new T(std::move(Value)));
  }
  mutable detail::ValueSlot Slot;
};

} // namespace go
#endif
